import type { Io } from '@loop-runner/cli-kit'
import type { Run } from '../running/run-plan.ts'
import { shorten, tamperedRuns } from './tampered-runs.ts'

/**
 * Reports new uses in the sources of what an honest repair rarely adds.
 *
 * @param lines one for each file and kind
 * @returns the runs with these lines after what the first one printed; inconclusive if they are to be strict
 */
export function reportSuspicions(runs: Run[], lines: readonly string[], isStrict: boolean, io: Io): Run[] {
  const [first, ...others] = runs
  if (lines.length === 0 || !first || runs.some(({ isTampered }) => isTampered)) return runs
  const shown = shorten(lines).map((line) => `suspicious: ${line}`)
  for (const line of shown) io.warn(line)
  if (isStrict) return tamperedRuns(runs, shown)
  const before = first.stderr === '' || first.stderr.endsWith('\n') ? first.stderr : `${first.stderr}\n`
  return [{ ...first, stderr: before + shown.map((line) => `lr-check: ${line}\n`).join('') }, ...others]
}
