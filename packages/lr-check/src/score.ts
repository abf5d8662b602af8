import type { Checker } from './checker.ts'
import type { Ended } from './judge.ts'
import type { Outcome } from './outcome.ts'

/** How well a run went: a number from 0 to 1, and what was found wanting. */
export interface Score {
  readonly value: number
  readonly deficiencies: readonly string[]
}

/** A line `score: 0.75 what is missing` of a script's output; also in percent or as a fraction. */
const SCORE_LINE =
  /^[ \t]*score[ \t]*[:=][ \t]*(-?\d+(?:\.\d+)?)[ \t]*(?:(%)|\/[ \t]*(\d+(?:\.\d+)?))?[ \t]*(\S.*)?$/gim

/** The score of a run: the share of passing evidence where its checker has one, else 1 for a pass and 0 for anything else. */
export function scoreOf(ended: Ended, outcome: Outcome, checker: Checker | undefined): Score {
  const all = outcome === 'pass' ? 1 : 0
  if (outcome !== 'pass' && outcome !== 'fail') return { value: 0, deficiencies: [] }
  if (!checker) return scriptScore(ended) ?? { value: all, deficiencies: [] }
  const text = `${ended.stdout}\n${ended.stderr}`
  return { value: rating(text, checker) ?? share(text, checker) ?? all, deficiencies: [] }
}

/** The mean of the `score:` lines; values outside 0 to 1 are none. */
function scriptScore({ stdout, stderr }: Ended): Score | undefined {
  const values: number[] = []
  const deficiencies: string[] = []
  for (const [, number, percent, whole, text] of `${stdout}\n${stderr}`.matchAll(SCORE_LINE)) {
    const value = Number(number) / (percent === undefined ? Number(whole ?? 1) : 100)
    if (!(value >= 0 && value <= 1)) continue
    values.push(value)
    if (text !== undefined) deficiencies.push(text.trimEnd())
  }
  if (values.length === 0) return undefined
  return { value: values.reduce((sum, value) => sum + value, 0) / values.length, deficiencies }
}

function rating(text: string, { rating: mark }: Checker): number | undefined {
  if (!mark) return undefined
  const value = lastNumber(text, mark.pattern)
  return value === undefined ? undefined : Math.min(1, Math.max(0, value / mark.best))
}

function share(text: string, { counts }: Checker): number | undefined {
  if (!counts) return undefined
  const failed = counts.failed.reduce((sum, pattern) => sum + (lastNumber(text, pattern) ?? 0), 0)
  const total = counts.total === undefined ? undefined : lastNumber(text, counts.total)
  const passed = counts.passed === undefined ? (total ?? 0) - failed : (lastNumber(text, counts.passed) ?? 0)
  return passed + failed > 0 ? Math.max(0, passed) / (Math.max(0, passed) + failed) : undefined
}

function lastNumber(text: string, pattern: string): number | undefined {
  let last: string | undefined
  for (const match of text.matchAll(new RegExp(pattern, 'gm'))) last = match[1]
  return last === undefined ? undefined : Number(last)
}

/** The content of a score block: the number with at most four decimals, then one deficiency a line. */
export function writeScore({ value, deficiencies }: Score): string {
  // Rounded down, so that only what is whole reads as whole.
  return [Math.floor(value * 10_000 + 1e-6) / 10_000, ...deficiencies].map((line) => `${line}\n`).join('')
}
