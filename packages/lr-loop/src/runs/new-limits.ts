import { type Call, UsageError } from '@loop-runner/cli-kit'
import { LOOP_OPTIONS } from '../options.ts'
import type { LoopSettings } from '../settings.ts'

type Limits = LoopSettings['limits']
/** Options that may be given again when a run is resumed, and the limits that they set. */
const LIMITS = {
  iterations: 'iterations',
  'max-time': 'timeoutMs',
  deadline: 'deadlineMs',
  'wait-limit': 'waitLimitMs',
  'max-total-tokens': 'maxTokens',
  'max-cost': 'maxCost',
} as const satisfies Partial<Record<keyof typeof LOOP_OPTIONS, keyof Limits>>
/** They set how this part of the run is shown and kept, and do not change the run. */
const OF_EVERY_START = new Set<string>([
  'resume',
  'sources',
  'api-key',
  'json',
  'json-events',
  'heartbeat',
  'debug',
  'keep-runs',
  'keep-megabytes',
] satisfies (keyof typeof LOOP_OPTIONS)[])

/**
 * The limits that a command line with `--resume` sets again.
 *
 * @throws UsageError for any other option, because it would change the run
 */
export function newLimits({ typed, options }: Pick<Call<typeof LOOP_OPTIONS>, 'typed' | 'options'>): Partial<Limits> {
  const settings = Object.keys(LOOP_OPTIONS).filter((name) => typed.has(name) && !OF_EVERY_START.has(name))
  const surplus = settings.find((name) => !Object.hasOwn(LIMITS, name))
  if (surplus !== undefined) {
    const known = Object.keys(LIMITS).map((name) => `--${name}`)
    throw new UsageError(`--${surplus} cannot be changed by --resume (${known.join(', ')} can; or start a new run)`)
  }
  const limits = Object.entries(LIMITS) as [keyof typeof LIMITS, keyof Limits][]
  return Object.fromEntries(limits.filter(([name]) => typed.has(name)).map(([name, limit]) => [limit, options[name]]))
}
