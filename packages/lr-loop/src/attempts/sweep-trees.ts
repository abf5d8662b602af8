import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { stopMarked, workingTreeOf } from '@loop-runner/cli-kit'
import { listWorktrees } from '@loop-runner/source-files'
import type { LoopContext } from '../loop-context.ts'
import { isRunning } from '../runs/run-state.ts'
import { ownersOfTree } from './attempt-folders.ts'
import { callGit } from './call-git.ts'
import { UNSTOPPED } from './stopper.ts'

/**
 * Removes the trees of attempts whose process is gone, and stops what still runs in them: their run was killed
 * before it could do so. What was done in them is saved in their folders.
 */
export async function sweepTrees({ io, folder: own }: LoopContext): Promise<void> {
  if (!mayHaveLinked(workingTreeOf(io.cwd))) return
  for (const tree of await listWorktrees(io.cwd, io.env)) {
    const owners = ownersOfTree(tree)
    if (owners === undefined || (owners.run !== own.path && isRunning(owners.run))) continue
    await stopMarked('LR_RUN_DIR', owners.folder)
    io.progress(`removing a working tree left by a killed run: ${tree}`)
    await callGit(['drop', `--save=${owners.folder}`, tree], { io, say: io.progress }, UNSTOPPED)
  }
}

/** Asking git costs a process, and few repositories have linked working trees. */
function mayHaveLinked(root: string): boolean {
  const isLinkedItself = statSync(join(root, '.git'), { throwIfNoEntry: false })?.isFile() === true
  return isLinkedItself || existsSync(join(root, '.git', 'worktrees'))
}
