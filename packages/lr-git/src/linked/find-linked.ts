import { readdirSync, realpathSync, rmdirSync, rmSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { isThere, readTextIfThere } from '@loop-runner/git-engine'

/** A linked working tree, as the repository knows it; its folder may be gone. */
export interface Linked {
  readonly folder: string
  /** What of the repository belongs to it alone: HEAD, the index. */
  readonly gitDir: string
  /** The full name of the branch's ref that it is on; undefined where HEAD is detached. */
  readonly ref: string | undefined
}

/** The linked working tree that lies, or lay, in a folder; undefined where the repository has none there. */
export function findLinked(commonDir: string, folder: string): Linked | undefined {
  const all = join(commonDir, 'worktrees')
  const wanted = realFolder(folder)
  for (const name of isThere(all) ? readdirSync(all) : []) {
    const gitDir = join(all, name)
    const target = readTextIfThere(join(gitDir, 'gitdir'))?.trim()
    if (target === undefined || realFolder(dirname(resolve(gitDir, target))) !== wanted) continue
    const ref = /^ref: (.+)$/m.exec(readTextIfThere(join(gitDir, 'HEAD')) ?? '')?.[1]
    return { folder: wanted, gitDir, ref }
  }
  return undefined
}

/**
 * Removes a linked working tree, whatever state it is in; `git worktree remove` refuses those whose folder is gone. The
 * repository forgets it last, so that one that is half removed is found again.
 */
export function removeLinked({ folder, gitDir }: Linked): void {
  rmSync(folder, { recursive: true, force: true })
  rmSync(gitDir, { recursive: true, force: true })
  try {
    rmdirSync(dirname(gitDir))
  } catch {
    // There are others.
  }
}

/** Its real path, also where the folder itself is gone. */
function realFolder(folder: string): string {
  try {
    return join(realpathSync(dirname(folder)), basename(folder))
  } catch {
    return folder
  }
}
