import type { TrialGroup } from './summarize-trials.ts'

/** Figures that a table can show, and how each is written. */
export const COLUMNS = {
  trials: ({ trials }) => String(trials),
  fixed: ({ counts }) => String(counts.fixed),
  share: ({ share }) => percent(share),
  interval: ({ interval: [low, high], share }) => (share === undefined ? '-' : `${percent(low)}–${percent(high)}`),
  lied: ({ counts }) => String(counts.lied),
  errors: ({ counts }) => String(counts.error),
  calls: ({ calls }) => figure(calls, 1),
  tokens: ({ tokens }) => figure(tokens, 0),
  cost: ({ cost }) => figure(cost, 4),
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

function figure(value: number | undefined, digits: number): string {
  return value === undefined ? '-' : value.toFixed(digits)
}
