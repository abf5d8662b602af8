import { createHash } from 'node:crypto'
import { lstatSync, readFileSync, readlinkSync, realpathSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { errorCode } from '@loop-runner/cli-kit'

/** Takes fingerprints of paths relative to one folder. */
export type Fingerprints = (path: string) => string | undefined

/**
 * What a path is, in a word (`file`, `program`, `link`, `other`), and a hash of what it holds; undefined where nothing is
 * there. A file that is reached through a link to another folder is not the one that was there.
 */
export function makeFingerprints(cwd: string): Fingerprints {
  const root = realpathSync(cwd)
  const places = new Map<string, boolean>()
  const isOwn = (folder: string) => {
    const known = places.get(folder) ?? realpathSync(join(root, folder)) === join(root, folder)
    places.set(folder, known)
    return known
  }
  return (path) => {
    try {
      const kind = kindOf(join(root, path))
      return isOwn(dirname(path)) || kind === 'folder' ? `${kind} ${hashOf(kind, join(root, path))}` : 'elsewhere'
    } catch (error) {
      if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined
      return `unreadable ${errorCode(error)}`
    }
  }
}

/** The change of a path since its fingerprint was taken; both differ. */
export function describeChange(before: string | undefined, now: string | undefined): string {
  if (before === undefined) return 'new, and the tests or the check would read it'
  if (now === undefined) return 'gone'
  const [was, is] = [before.split(' ', 1)[0], now.split(' ', 1)[0]]
  if (is === 'link' && was !== 'link') return 'replaced by a symbolic link'
  if (is === 'elsewhere') return 'in a folder that was replaced by a symbolic link'
  if (was === 'program' && is === 'file') return 'no longer executable'
  return 'changed'
}

function kindOf(path: string): 'file' | 'program' | 'link' | 'folder' | 'other' {
  const status = lstatSync(path)
  if (status.isSymbolicLink()) return 'link'
  if (status.isDirectory()) return 'folder'
  if (!status.isFile()) return 'other'
  return (status.mode & 0o111) === 0 ? 'file' : 'program'
}

/** For a link, both its target path and the content there count; a pipe or a device is never opened. */
function hashOf(kind: ReturnType<typeof kindOf>, path: string): string {
  const hash = createHash('sha256')
  if (kind === 'link') hash.update(`${readlinkSync(path)}\0`)
  const isFile = kind === 'file' || kind === 'program' || statSync(path, { throwIfNoEntry: false })?.isFile() === true
  if (isFile) hash.update(readFileSync(path))
  return hash.digest('hex')
}
