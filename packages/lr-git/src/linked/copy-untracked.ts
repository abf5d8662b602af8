import { constants, lstatSync } from 'node:fs'
import { cp, mkdir, readdir, readlink, symlink } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { ENVIRONMENT_FILE } from './relocate-environment.ts'

/** Copies share their blocks with the original where the file system can do that. */
const COPY = {
  recursive: true,
  verbatimSymlinks: true,
  preserveTimestamps: true,
  mode: constants.COPYFILE_FICLONE,
} as const

/** Copies that may name paths of the original tree. Paths are relative to the root. */
export interface Copied {
  /** Folders of Python's virtual environments. */
  readonly environments: readonly string[]
  readonly links: readonly string[]
}

/**
 * Copies files and folders from one tree to the same places in another. Links stay as they are written, so that relative
 * ones lead to the copy's files. A `.git` that is a file leads back to the original, and is left out.
 *
 * @param signal ends it early
 */
export async function copyUntracked(
  paths: readonly string[],
  from: string,
  to: string,
  signal: AbortSignal,
): Promise<Copied> {
  const [environments, links] = [new Set<string>(), new Set<string>()]
  const filter = (source: string) => {
    if (signal.aborted || !isCopied(source)) return false
    if (basename(source) === ENVIRONMENT_FILE) environments.add(relative(from, dirname(source)))
    if (lstatSync(source).isSymbolicLink()) links.add(relative(from, source))
    return true
  }
  for (const path of paths) await cp(join(from, path), join(to, path), { ...COPY, filter })
  return { environments: [...environments], links: [...links] }
}

/** Sockets, pipes and devices cannot be copied. */
function isCopied(source: string): boolean {
  const stat = lstatSync(source)
  return stat.isDirectory() || stat.isSymbolicLink() || (stat.isFile() && basename(source) !== '.git')
}

/**
 * Makes links to files and folders of one tree at the same places in another. A folder becomes a real one that is full of
 * links: rules such as `node_modules/` do not ignore a link.
 */
export async function linkUntracked(paths: readonly string[], from: string, to: string): Promise<void> {
  for (const path of paths) {
    if (path.endsWith('/')) {
      const names = await readdir(join(from, path))
      await mkdir(join(to, path), { recursive: true })
      for (const name of names) await linkOne(join(from, path, name), join(to, path, name))
    } else {
      await mkdir(dirname(join(to, path)), { recursive: true })
      await linkOne(join(from, path), join(to, path))
    }
  }
}

async function linkOne(source: string, target: string): Promise<void> {
  const isLink = lstatSync(source).isSymbolicLink()
  await symlink(isLink ? await readlink(source) : source, target)
}
