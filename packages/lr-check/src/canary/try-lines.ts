import type { Io } from '@loop-runner/cli-kit'
import type { Plan } from '@loop-runner/checkers'
import { flipLines, scriptRun, withFailingEnd } from '@loop-runner/tamper'
import type { Run } from '../running/run-plan.ts'
import { breakFiles } from './break-files.ts'
import { describeFlip, textOf, writeInto } from './changed-texts.ts'
import { type Copy, isAsGood, runInCopy } from './run-in-copy.ts'

/** A runner that cannot be given tests of ours: other values in the files that it has met. */
export async function tryLines(first: Run, copy: Copy, io: Io): Promise<string[]> {
  const { plan, outcome } = first
  const met = copy.request.met.filter((path) => copy.names.includes(path))
  const { flips, texts, areEnough } = flipLines(met, copy.original)
  const ended = areEnough || outcome !== 'pass' ? undefined : failAtEnd(plan, texts, copy)
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

/** The script that the command line names, with an end that fails. */
function failAtEnd(plan: Plan, texts: ReadonlyMap<string, string>, { original }: Copy) {
  const path = scriptRun(plan, original)
  const text = path === undefined ? undefined : withFailingEnd(path, textOf(path, texts, original))
  return path === undefined || text === undefined ? undefined : { path, text }
}
