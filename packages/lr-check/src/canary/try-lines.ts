import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Io } from '@loop-runner/cli-kit'
import type { Plan } from '@loop-runner/checkers'
import { type Canary, flipLines, scriptRun, withFailingEnd } from '@loop-runner/tamper'
import type { Run } from '../running/run-plan.ts'
import { breakFiles } from './break-files.ts'
import { describeFlip, textOf, writeInto } from './changed-texts.ts'
import { testFiles } from './repaired-tests.ts'
import { type Copy, isAsGood, runInCopy } from './run-in-copy.ts'

/** What a file of bats or Perl has that may end it early, or pass a test whatever it compares. */
const MAY_SKIP = /\bskip(?:_all)?\b|\btodo\b|\bexit\b|\bBAIL_OUT\b/i

/** A runner without a report of its own: other values in the files that it has met. */
export async function tryLines(first: Run, canary: Canary | undefined, copy: Copy, io: Io): Promise<string[]> {
  const { plan, outcome } = first
  const { flips, texts, areEnough } = flipLines(filesToChange(plan, canary, copy), copy.original)
  const ended = areEnough || canary || outcome !== 'pass' ? undefined : failAtEnd(plan, texts, copy)
  if (!areEnough && ended === undefined) return []
  const isNoticed = async () => !isAsGood(first, await runInCopy(plan, undefined, copy, io))
  const folder = await writeInto(copy, new Map([...texts, ...(ended ? [[ended.path, ended.text] as const] : [])]))
  if (await isNoticed()) return []
  breakFiles(ended === undefined ? flips.map(({ path }) => path) : [ended.path], folder)
  if (!(await isNoticed())) return []
  return ended === undefined
    ? flips.map(describeFlip)
    : [`${ended.path}: the check passes as well if this script ends with exit code 1`]
}

/** Tests that are skipped, or are not selected, would pass with any value. */
function filesToChange({ argv }: Plan, canary: Canary | undefined, { names, original, request }: Copy) {
  if (canary === undefined) return request.met.filter((path) => names.includes(path))
  if (argv.some((word) => /^(?:-f|--filter)/.test(word))) return []
  return testFiles(canary, names).filter((path) => !MAY_SKIP.test(readFileSync(join(original, path), 'utf8')))
}

/** The script that the command line names, with an end that fails. */
function failAtEnd(plan: Plan, texts: ReadonlyMap<string, string>, { original }: Copy) {
  const path = scriptRun(plan, original)
  const text = path === undefined ? undefined : withFailingEnd(path, textOf(path, texts, original))
  return path === undefined || text === undefined ? undefined : { path, text }
}
