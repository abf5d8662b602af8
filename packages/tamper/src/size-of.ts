import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { namesIn } from '@loop-runner/source-files'

/** How many bytes lie at a path, 0 if nothing can be found there; counted no further than a limit. */
export function sizeOf(path: string, most: number): number {
  const status = lstatSync(path, { throwIfNoEntry: false })
  if (status === undefined) return 0
  // A small file takes a block.
  if (!status.isDirectory()) return Math.max(status.size, 4096)
  let sum = 4096
  for (const name of namesIn(path)) {
    sum += sizeOf(join(path, name), most - sum)
    if (sum > most) break
  }
  return sum
}
