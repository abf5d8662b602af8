import type { TrialGroup } from './summarize-trials.ts'

/** Figures that a table can show, and how each is written. */
export const COLUMNS = {
  trials: ({ trials }) => String(trials),
  fixed: ({ counts }) => String(counts.fixed),
  share: ({ share }) => percentOfSome(share),
  interval: ({ interval: [low, high], share }) => (share === undefined ? '-' : `${percent(low)}–${percent(high)}`),
  lied: ({ counts }) => String(counts.lied),
  errors: ({ counts }) => String(counts.error),
  calls: ({ calls }) => figure(calls, 1),
  tokens: ({ tokens }) => figure(tokens, 0),
  cost: ({ cost }) => costFigure(cost),
  seconds: ({ seconds }) => figure(seconds, 1),
  bytes: ({ promptBytes }) => figure(promptBytes, 0),
  rejected: ({ rejected }) => String(rejected),
  tampered: ({ tampered }) => String(tampered),
} as const satisfies Record<string, (group: TrialGroup) => string>

export type Column = keyof typeof COLUMNS

/** All but the seconds, which differ each time: the same results give the same table. */
export const DEFAULT_COLUMNS: readonly Column[] = [
  'trials',
  'fixed',
  'share',
  'interval',
  'lied',
  'errors',
  'calls',
  'tokens',
  'cost',
  'rejected',
  'tampered',
]

export function isColumn(name: string): name is Column {
  return Object.hasOwn(COLUMNS, name)
}

function percent(share: number | undefined): string {
  return share === undefined ? '-' : `${Math.round(share * 100)} %`
}

/** A share that is not all or none does not look like it. */
function percentOfSome(share: number | undefined): string {
  const isRoundedAway = share !== undefined && share > 0 && share < 1 && [0, 100].includes(Math.round(share * 100))
  return isRoundedAway ? `${Math.min(99.9, Math.max(0.1, share * 100)).toFixed(1)} %` : percent(share)
}

/** A small cost does not look like none. */
function costFigure(cost: number | undefined): string {
  return cost !== undefined && cost > 0 && cost < 0.001 ? cost.toPrecision(2) : figure(cost, 4)
}

function figure(value: number | undefined, digits: number): string {
  return value === undefined ? '-' : value.toFixed(digits)
}
