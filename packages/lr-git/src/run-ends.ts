import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError, ExitStatus } from '@loop-runner/cli-kit'
import { isThere } from './if-there.ts'
import type { Engine, HeadStep } from './engine.ts'
import type { Hash } from './git-object.ts'
import { BRANCHES, type RunRecord } from './run-record.ts'

/** The commit that the branch is at now which a run started from; undefined where it has none. */
export async function readBase(engine: Engine, { base, commit }: RunRecord): Promise<Hash | undefined> {
  return base === null ? (commit ?? undefined) : engine.readRef(base)
}

/** Puts HEAD back on the branch that a run started from, or on `commit` where it was detached. */
export function stepBack({ base }: RunRecord, commit: Hash): HeadStep {
  return { head: base === null ? { commit } : { ref: base } }
}

/** What a run started from, as a person calls it. */
export function nameOfBase({ base, commit }: RunRecord): string {
  return base?.replace(BRANCHES, '') ?? commit ?? 'nothing'
}

/**
 * Refuses to move a branch that another working tree of the repository is on: its files would no longer be its commit's.
 *
 * @throws CommandError (3) naming that working tree
 */
export function refuseCheckedOut(engine: Engine, ref: string): void {
  const { gitDir, commonDir } = engine.repository
  const linked = join(commonDir, 'worktrees')
  const folders = isThere(linked) ? readdirSync(linked).map((name) => join(linked, name)) : []
  for (const folder of [commonDir, ...folders].filter((one) => one !== gitDir)) {
    const head = join(folder, 'HEAD')
    if (!isThere(head) || readFileSync(head, 'utf8').trim() !== `ref: ${ref}`) continue
    throw new CommandError(ExitStatus.Failed, `${ref}: checked out in another working tree, ${folder} (merge there)`)
  }
}
