import { constants, copyFileSync, rmSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'

/** Copies the index of a git folder, or makes sure that there is no copy where there is no index. */
export function copyIndex(gitDir: string, copy: string): void {
  const real = join(gitDir, 'index')
  rmSync(copy, { force: true })
  const stat = statSync(real, { throwIfNoEntry: false })
  if (!stat) return
  copyFileSync(real, copy, constants.COPYFILE_FICLONE)
  // An entry as young as its index may hide a change, and git looks at the index's own time to know.
  utimesSync(copy, stat.atimeMs / 1000, Math.floor(stat.mtimeMs) / 1000)
}
