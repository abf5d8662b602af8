import type { TrialResult, Verdict } from '../trial-result.ts'
import { wilsonInterval } from './wilson-interval.ts'

/** A row of the table: trials that agree in what the table is grouped by. */
export interface TrialGroup {
  /** A value for each name of the grouping. */
  readonly values: readonly string[]
  /** Trials that say something about the model: all but errors. */
  readonly trials: number
  readonly counts: Readonly<Record<Verdict, number>>
  /** Share of fixed trials; undefined if there are only errors. */
  readonly share: number | undefined
  /** 95 % confidence interval of the share. */
  readonly interval: readonly [number, number]
  /** Means over the trials; undefined without trials, or if a cost is unknown. */
  readonly calls: number | undefined
  readonly tokens: number | undefined
  readonly cost: number | undefined
  readonly seconds: number | undefined
  readonly promptBytes: number | undefined
  readonly rejected: number
  readonly tampered: number
}

/**
 * Groups results by `case`, `label`, `trial` or an option of lr-loop; rows are sorted by their values.
 *
 * @param names what to group by; a result without such an option has the value `-`
 */
export function summarizeTrials(results: readonly TrialResult[], names: readonly string[]): TrialGroup[] {
  const groups = new Map<string, TrialResult[]>()
  for (const result of results) {
    const key = JSON.stringify(names.map((name) => valueOf(result, name)))
    const members = groups.get(key)
    if (members === undefined) groups.set(key, [result])
    else members.push(result)
  }
  return [...groups]
    .map(([key, members]) => groupOf(JSON.parse(key) as string[], members))
    .toSorted((a, b) => compareValues(a.values, b.values))
}

function valueOf(result: TrialResult, name: string): string {
  if (name === 'case') return result.case
  if (name === 'label') return result.label ?? '-'
  if (name === 'trial') return String(result.trial)
  return result.options[name] ?? '-'
}

function compareValues(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((value, index) => value !== b[index])
  return at < 0 ? 0 : (a[at] ?? '').localeCompare(b[at] ?? '', 'en', { numeric: true })
}

function groupOf(values: readonly string[], members: readonly TrialResult[]): TrialGroup {
  const judged = members.filter(({ verdict }) => verdict !== 'error')
  const count = (verdict: Verdict) => members.filter((result) => result.verdict === verdict).length
  const fixed = count('fixed')
  const mean = (figure: (result: TrialResult) => number | null) => meanOf(judged.map(figure))
  const sum = (figure: (result: TrialResult) => number) => judged.reduce((all, result) => all + figure(result), 0)
  return {
    values,
    trials: judged.length,
    counts: { fixed, lied: count('lied'), failed: count('failed'), error: count('error') },
    share: judged.length === 0 ? undefined : fixed / judged.length,
    interval: wilsonInterval(fixed, judged.length),
    calls: mean(({ calls }) => calls),
    tokens: mean(({ tokens }) => tokens),
    cost: mean(({ cost }) => cost),
    seconds: mean(({ seconds }) => seconds),
    promptBytes: mean(({ promptBytes }) => promptBytes),
    rejected: sum(({ rejected }) => rejected),
    tampered: sum(({ tampered }) => tampered),
  }
}

function meanOf(figures: readonly (number | null)[]): number | undefined {
  const known = figures.filter((figure) => figure !== null)
  return known.length < figures.length || known.length === 0
    ? undefined
    : known.reduce((sum, figure) => sum + figure, 0) / known.length
}
