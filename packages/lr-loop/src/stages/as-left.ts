import { readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathOfName } from '@loop-runner/block-format'
import { CommandError, ExitStatus, workingTreeOf } from '@loop-runner/cli-kit'
import { fileBlocks } from '@loop-runner/stage-protocol'
import type { Checked } from './check-tree.ts'
import { hashSources } from './hash-sources.ts'
import type { LoopContext, RunState } from '../loop-context.ts'
import { partsIn } from './run-stage.ts'

/**
 * A run that goes on knows its files by what it noted of them. Where they are others now, what has been done to them would
 * be overwritten unseen, and a pass would be none of theirs.
 *
 * @param left their hash, as the run noted it, and its last check, which shows them
 * @throws CommandError (3) where a run that goes on does not find its sources so
 */
export async function requireTreeAsLeft(
  { tree, checked }: Pick<Checked, 'tree' | 'checked'>,
  { io, settings, isResumed }: Pick<LoopContext, 'io' | 'settings' | 'isResumed'>,
): Promise<void> {
  const { sources } = settings.stages
  if (!isResumed || (await hashSources(settings.stages, io)) === tree) return
  const changed = changedSince(checked, io.cwd)
  throw new CommandError(
    ExitStatus.Failed,
    changed.length > 0
      ? `${changed.join(', ')}: changed since the run ended (restore the files, or start a new run)`
      : `${sources.join(', ')}: new files since the run ended (remove them, or start a new run)`,
  )
}

/** The files that a check shows and that hold something else by now, or are gone. */
function changedSince(checked: string, cwd: string): string[] {
  return fileBlocks(partsIn(checked))
    .filter(({ name, content }) => textOf(join(cwd, pathOfName(name))) !== content)
    .map(({ name }) => name)
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/**
 * Commits go to the run's branch, which the first one makes, or nowhere; so nothing is asked or written if HEAD has left
 * it. Under its lock the git stage looks once more.
 *
 * @throws CommandError (3) if our own git stage named a branch, and HEAD is neither there nor, before the first commit,
 *   where the run started
 */
export async function requireBranchAsLeft({
  io,
  folder,
  settings,
  state,
}: Pick<LoopContext, 'io' | 'folder' | 'settings'> & {
  readonly state: Pick<RunState, 'branch' | 'commits'>
}): Promise<void> {
  const { branch, commits } = state
  if (branch === undefined || settings.replaced.git !== undefined) return
  const tree = workingTreeOf(io.cwd)
  const start = await folder.remember('HEAD', async () => readHead(tree))
  const head = readHead(tree)
  const isOnBranch = head === BRANCH_REF + branch || (commits.length === 0 && head === start)
  if (isOnBranch || head === UNTOLD) return
  const expected = commits.length === 0 ? start.replace(BRANCH_REF, '') : branch
  const at = head.startsWith(BRANCH_REF) ? head.slice(BRANCH_REF.length) : 'a detached HEAD'
  const remedy = `git switch ${start.startsWith('ref: ') || commits.length > 0 ? '' : '--detach '}${expected}`
  throw new CommandError(
    ExitStatus.Failed,
    `HEAD: on ${at}, not on ${expected}, the branch of this run (${remedy}; then: lr-loop --resume ${folder.path})`,
  )
}

const BRANCH_REF = 'ref: refs/heads/'

/** The content of HEAD in a repository with a reftable: only git can read it. */
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
