import { UsageError } from '../command-error.ts'

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/**
 * A duration in milliseconds. A bare number is seconds; `ms`, `s`, `m` and `h` are understood.
 *
 * @throws UsageError naming `what` when it is no duration
 */
export function parseDuration(text: string, what: string): number {
  const [, number = '', unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text.trim()) ?? []
  if (number === '') throw new UsageError(`${what}: "${text}" is not a duration (for example 30, 500ms, 2m, 1h)`)
  return Number(number) * (UNITS[unit] ?? 1000)
}
