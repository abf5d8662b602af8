import { readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { CommandError, ExitStatus, workingTreeOf } from '@loop-runner/cli-kit'
import { hashSources } from './hash-sources.ts'
import type { LoopContext } from './loop-context.ts'

/**
 * A run that goes on knows its files by what it noted of them. Where they are others now, what has been done to them would
 * be overwritten unseen, and a pass would be none of theirs.
 *
 * @param tree their hash, as the run noted it
 * @throws CommandError (3) where a run that goes on does not find its sources so
 */
export async function requireTreeAsLeft(tree: string, context: LoopContext): Promise<void> {
  const { io, settings, isResumed } = context
  const { sources } = settings.stages
  if (!isResumed || (await hashSources(sources, io.cwd, io.env)) === tree) return
  throw new CommandError(
    ExitStatus.Failed,
    `${sources.join(' ')}: changed since the run was left (bring it back as it was, or begin a new run)`,
  )
}

/**
 * Commits go where HEAD is.
 *
 * @throws CommandError (3) where our own git stage has made a branch and HEAD is on another one by now
 */
export function requireBranchAsLeft({ io, settings, state: { branch } }: LoopContext): void {
  if (branch === undefined || settings.replaced.git !== undefined) return
  const head = readHead(workingTreeOf(io.cwd))
  if (head === `ref: refs/heads/${branch}` || head === UNTOLD) return
  throw new CommandError(ExitStatus.Failed, `HEAD is no longer on ${branch}, the run's branch (git switch ${branch})`)
}

/** What HEAD holds where a repository keeps its refs in tables: only git can tell. */
const UNTOLD = 'ref: refs/heads/.invalid'

/** In a linked working tree `.git` is a file that names its folder. */
function readHead(tree: string): string {
  const git = join(tree, '.git')
  const folder = statSync(git).isDirectory()
    ? git
    : resolve(
        tree,
        readFileSync(git, 'utf8')
          .replace(/^gitdir: /, '')
          .trim(),
      )
  return readFileSync(join(folder, 'HEAD'), 'utf8').trim()
}
