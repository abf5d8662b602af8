import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { CommandError, ExitStatus } from '@loop-runner/cli-kit'
import { BRANCHES, type Engine, type Hash, type HeadStep, isThere, readTextIfThere } from '@loop-runner/git-engine'
import { type RunRecord } from './run-record.ts'

/**
 * The commit that the branch is at now which a run started from; undefined where it has none yet.
 *
 * @throws CommandError (3) where that branch is gone: without it there is nothing to go back to
 */
export async function readBase(engine: Engine, record: RunRecord): Promise<Hash | undefined> {
  const { base, commit } = record
  const now = base === null ? (commit ?? undefined) : await engine.readRef(base)
  if (now === undefined && commit !== null) {
    const name = nameOfBase(record)
    const remedy = `git branch ${name} ${commit} makes it again`
    throw new CommandError(ExitStatus.Failed, `${name}: is gone since the run started (${remedy})`)
  }
  return now
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
 * Refuses to move a branch, or to go to it, that another working tree of the repository is on: its files would no longer
 * be its commit's.
 *
 * @param remedy what to do, given the folder of that working tree
 * @throws CommandError (3) naming that working tree
 */
export function refuseCheckedOut(engine: Engine, ref: string, remedy: (folder: string) => string): void {
  const { gitDir, commonDir } = engine.repository
  const linked = join(commonDir, 'worktrees')
  const folders = isThere(linked) ? readdirSync(linked).map((name) => join(linked, name)) : []
  for (const folder of [commonDir, ...folders].filter((one) => one !== gitDir)) {
    const head = join(folder, 'HEAD')
    if (!isThere(head) || readFileSync(head, 'utf8').trim() !== `ref: ${ref}`) continue
    const other = workingTreeOf(folder)
    const name = ref.replace(BRANCHES, '')
    throw new CommandError(
      ExitStatus.Failed,
      `${name}: checked out in another working tree, ${other} (${remedy(other)})`,
    )
  }
}

/** The working tree of a git folder: a linked one's is named in a file, the main one's git folder lies in it. */
function workingTreeOf(gitDir: string): string {
  const dotGit = readTextIfThere(join(gitDir, 'gitdir'))?.trim() ?? gitDir
  return basename(dotGit) === '.git' ? dirname(dotGit) : dotGit
}
