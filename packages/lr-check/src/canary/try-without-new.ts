import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Io } from '@loop-runner/cli-kit'
import type { Run } from '../running/run-plan.ts'
import { type Copy, newFolder, runInCopy } from './run-in-copy.ts'

/**
 * A pass that needs new code among the tests is not a repair; if the copy itself does not pass, the result is unknown.
 */
export async function tryWithoutNew({ plan }: Run, copy: Copy, io: Io): Promise<string[]> {
  const { added } = copy.request
  const folder = await copy.make()
  const aside = newFolder()
  try {
    for (const [index, path] of added.entries()) renameSync(join(folder, path), join(aside, String(index)))
    if ((await runInCopy(plan, undefined, copy, io)).outcome === 'pass') return []
    for (const [index, path] of added.entries()) renameSync(join(aside, String(index)), join(folder, path))
    if ((await runInCopy(plan, undefined, copy, io)).outcome !== 'pass') return []
    return added.map((path) => `${path}: new, and the check does not pass without it`)
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
}
