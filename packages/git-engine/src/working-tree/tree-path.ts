import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError, ExitStatus } from '@loop-runner/cli-kit'

/** Characters that some file systems ignore in names, so that `.git` may be spelled with them. */
const IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g

/**
 * The path from the repository's root of a path from the working directory.
 *
 * @param prefix the working directory from the root
 * @throws CommandError (3) for one that leaves the working directory, passes through a link or another repository,
 *   means a git folder in any spelling, or holds control characters
 */
export function treePath(root: string, prefix: string, path: string): string {
  const names = path.split('/')
  const bad = (why: string) =>
    new CommandError(ExitStatus.Failed, `${JSON.stringify(path)}: ${why} (lr-git leaves it alone)`)
  if (path.startsWith('/')) throw bad('an absolute path')
  if (names.some((name) => name === '' || name === '.' || name === '..')) throw bad('is not a plain relative path')
  if (/[\x00-\x1f\x7f]/.test(path)) throw bad('holds control characters')
  if (names.some(isGitName)) throw bad('lies in a git folder')
  const whole = prefix === '' ? path : `${prefix}/${path}`
  const folders = whole.split('/').slice(0, -1)
  folders.reduce((parent, name) => {
    const folder = join(parent, name)
    const stat = lstatSync(folder, { throwIfNoEntry: false })
    if (stat?.isSymbolicLink()) throw bad('passes through a symbolic link')
    if (stat?.isDirectory() && lstatSync(join(folder, '.git'), { throwIfNoEntry: false })) {
      throw bad('lies in another repository')
    }
    return folder
  }, root)
  return whole
}

/** The folders that a path lies in, the top left out. */
export function ancestorsOf(path: string): string[] {
  const folders: string[] = []
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) folders.push(path.slice(0, at))
  return folders
}

/** Whether some file system takes a name for `.git`: case, short names, streams, ignored characters. */
function isGitName(name: string): boolean {
  const bare = name
    .replaceAll(IGNORED, '')
    .toLowerCase()
    .replace(/[:\\].*$/s, '')
    .replace(/[. ]+$/, '')
  return bare === '.git' || bare === 'git~1'
}
