import { randomInt } from 'node:crypto'
import { lstatSync, lutimesSync, readdirSync, type Stats, utimesSync } from 'node:fs'
import { join } from 'node:path'

/** Of these nothing is built: a tool that builds must see that a file has changed. */
const NOT_BUILT = /\.(?:py|[cm]?jsx?|rb|php|pl|pm|t|lua|sh|bash|bats|zsh|ksh|json|txt|rst|md|out|exp)$/

/** Times this near are the same: a file system may keep them less precisely. */
const NEAR_MS = 20

/** A file or folder gets the times of another one. */
export function copyTime(from: string, to: string): void {
  setTimes(to, lstatSync(from), 0)
}

/** So does all that it holds. */
export function copyTimes(from: string, to: string): void {
  for (const name of lstatSync(to).isDirectory() ? readdirSync(to) : [])
    if (lstatOf(join(from, name))) copyTimes(join(from, name), join(to, name))
  copyTime(from, to)
}

/**
 * Files that were changed in a copy get a time not far from that of the original: code cannot tell by it that they were. It is
 * not the same, for what is kept of a file that has been loaded, as in `__pycache__`, is found by size and time.
 */
export function hideChanges(names: readonly string[], from: string, to: string): void {
  for (const name of names) {
    if (!NOT_BUILT.test(name)) continue
    const original = lstatOf(join(from, name))
    const copy = lstatOf(join(to, name))
    if (!original?.isFile() || !copy?.isFile()) continue
    const earlier = original.mtimeMs - copy.mtimeMs
    const isHidden = earlier > -NEAR_MS && Math.abs(earlier - 1000 * Math.round(earlier / 1000)) < NEAR_MS
    if (!isHidden) setTimes(join(to, name), original, randomInt(1, 1000))
  }
}

function setTimes(path: string, { atimeMs, mtimeMs }: Stats, secondsEarlier: number): void {
  const set = lstatSync(path).isSymbolicLink() ? lutimesSync : utimesSync
  set(path, atimeMs / 1000, mtimeMs / 1000 - secondsEarlier)
}

function lstatOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false })
}
