/** The output of a script in the Test Anything Protocol. */
interface Tap {
  readonly failures: number
  readonly passes: number
  /** Whether the plan and the tests do not agree: the script ended early, or the plan is missing. */
  readonly isIncomplete: boolean
}

const TEST = /^(not )?ok\b(?: (\d+))?(.*)$/gm
const PLAN = /^1\.\.(\d+)\b/gm
const NOT_A_FAILURE = /#\s*(?:TODO|SKIP)/i

/** Parses the output of a script; undefined if it is not TAP: a version line, or a plan and tests. */
export function readTap(stdout: string): Tap | undefined {
  const tests = [...stdout.matchAll(TEST)]
  const plans = [...stdout.matchAll(PLAN)]
  const hasVersion = /^TAP version 1[34]$/m.test(stdout)
  if (!hasVersion && (plans.length === 0 || tests.length === 0)) return undefined
  const planned = plans.reduce((sum, [, count]) => sum + Number(count), 0)
  const counted = tests.filter(([, , , rest = '']) => !NOT_A_FAILURE.test(rest))
  const failures = counted.filter(([, not]) => not !== undefined).length
  return {
    failures,
    passes: counted.length - failures,
    isIncomplete: !isCut(stdout) && (plans.length === 0 || planned > tests.length),
  }
}

/** Whether lines in the middle of the output were omitted. */
export function isCut(text: string): boolean {
  return /^\[… .* left out …\]$/m.test(text)
}
