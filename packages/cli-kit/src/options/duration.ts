import { UsageError } from '../command-error.ts'
import { LONGEST_TIMER_MS } from '../longest-timer.ts'

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/**
 * A duration in milliseconds, at most 24 days. A bare number is seconds; `ms`, `s`, `m`, `h` and `d` are understood.
 *
 * @throws UsageError naming `what` when it is no duration
 */
export function parseDuration(text: string, what: string): number {
  const [, number = '', unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)?$/.exec(text.trim()) ?? []
  if (number === '') throw new UsageError(`${what}: "${text}" is not a duration (for example 30, 500ms, 2m, 1h, 1d)`)
  return Math.min(Number(number) * (UNITS[unit] ?? 1000), LONGEST_TIMER_MS)
}
