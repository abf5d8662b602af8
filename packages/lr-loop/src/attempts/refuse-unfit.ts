import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError, ExitStatus, type Io, UsageError, workingTreeOf } from '@loop-runner/cli-kit'
import { listSources, listUntracked } from '@loop-runner/source-files'
import { isInside } from '../is-inside.ts'
import type { LoopSettings } from '../settings.ts'

/** @throws UsageError for options that cannot be used with attempts */
export function refuseOptions({ attempts, stages, withGit }: LoopSettings): void {
  if (attempts === undefined) return
  if (!withGit) throw new UsageError('option --no-git: attempts need commits (omit --no-git or --attempts)')
  if (stages.dirty === 'carry') {
    throw new UsageError('option --dirty: attempts start from a commit (use --dirty commit, or commit first)')
  }
}

/**
 * Refuses what attempts cannot do; a check that may look at the user's own tree is warned of.
 *
 * @param run the folder of the run
 * @throws UsageError for a run folder in the tree, CommandError (3) where the sources are not in a repository
 */
export async function refuseUnfit(settings: LoopSettings, run: string, io: Io): Promise<void> {
  const { cwd, stages } = settings
  const root = workingTreeOf(cwd)
  if (!existsSync(join(root, '.git'))) {
    throw new CommandError(ExitStatus.Failed, `${cwd}: not a git repository; attempts need one (git init)`)
  }
  if (isInside(run, root)) {
    throw new UsageError(`${run}: is inside the tree; attempts need a folder outside of it (see --run-dir)`)
  }
  await refuseUntracked(settings, io)
  const named = stages.checkCommand?.find((arg) => arg === root || arg.includes(`${root}/`))
  if (named !== undefined) {
    io.warn(`the check names ${named}: files there are not those of an attempt`)
  }
}

/** Untracked sources are not in the commit that an attempt starts from, and could not be restored here. */
async function refuseUntracked({ cwd, stages }: LoopSettings, io: Io): Promise<void> {
  const untracked = await listUntracked(await listSources(stages.sources, cwd, io.env), cwd, io.env)
  if (untracked === undefined) {
    throw new CommandError(ExitStatus.Failed, `git: not found, or it cannot read ${cwd} (attempts need it)`)
  }
  const [first] = untracked
  if (first === undefined) return
  const more = untracked.length > 1 ? ` and ${untracked.length - 1} more` : ''
  throw new CommandError(
    ExitStatus.Failed,
    `${first}${more}: not tracked by git here; attempts start from a commit (git add and commit it first, or run in its submodule)`,
  )
}
