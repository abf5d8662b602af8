import { lstatSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { errorCode, reasonOf, UsageError } from '@loop-runner/cli-kit'

/** Folders, without links, in which a client may work: the user's, and of these only what the client's own roots hold. */
export interface Bounds {
  readonly root: string
  /** Undefined if the client names none. */
  readonly clientRoots: readonly string[] | undefined
}

/** A name with a dot or a slash in it, which is neither an option nor a command of a program. */
const PLAIN_NAME = /^\w[^./]*[./]/

/**
 * The folder that a call works in: the one that is asked for; else the root, or the first root of the client in it.
 *
 * @param asked absolute, or relative to the root
 * @throws UsageError for a folder outside the bounds
 */
export function folderOf(asked: string | undefined, bounds: Bounds): string {
  if (asked === undefined) return defaultFolder(bounds)
  const folder = realPathWithin(resolve(bounds.root, refuseOddPath(asked)), asked, bounds)
  try {
    if (statSync(folder).isDirectory()) return folder
  } catch (error) {
    throw new UsageError(`${asked}: ${reasonOf(error)} (expected a folder in ${bounds.root})`)
  }
  throw new UsageError(`${asked}: not a folder`)
}

/**
 * A path for the command line of a program that works in `folder`: relative to it, and never like an option or a command.
 *
 * @throws UsageError for a path outside the folder or the bounds, also through a link
 */
export function pathIn(folder: string, asked: string, bounds: Bounds): string {
  const path = resolve(folder, refuseOddPath(asked))
  const within = relative(folder, path)
  if (!isWithin(folder, path)) throw outside(asked, folder)
  realPathWithin(path, asked, bounds)
  if (within === '') return '.'
  return PLAIN_NAME.test(within) ? within : `.${sep}${within}`
}

/** Whether a folder, such as that of a run, is within the bounds. */
export function isInBounds(folder: string, bounds: Bounds): boolean {
  try {
    realPathWithin(folder, folder, bounds)
    return true
  } catch (error) {
    if (error instanceof UsageError) return false
    throw error
  }
}

function defaultFolder({ root, clientRoots }: Bounds): string {
  if (clientRoots === undefined || clientRoots.some((client) => isWithin(client, root))) return root
  const inside = clientRoots.find((client) => isWithin(root, client))
  if (inside !== undefined) return inside
  const named = clientRoots.join(', ') || 'none'
  throw new UsageError(`${root}: outside the roots of the client (${named}; start lr-mcp with -C, or open the folder)`)
}

/** @throws UsageError for `..` and characters that no path has */
function refuseOddPath(asked: string): string {
  if (asked === '' || asked.includes('\0')) throw new UsageError(`${JSON.stringify(asked)}: not a path`)
  if (asked.split(/[/\\]/).includes('..')) throw new UsageError(`${asked}: ".." is not allowed (name the path itself)`)
  return asked
}

/** @throws UsageError if it leads, also through links, out of the bounds */
function realPathWithin(path: string, asked: string, { root, clientRoots }: Bounds): string {
  const real = realPathOf(path, asked)
  if (!isWithin(root, real)) throw outside(asked, root)
  if (clientRoots === undefined || clientRoots.some((client) => isWithin(client, real))) return real
  throw outside(asked, clientRoots.join(', ') || 'the roots of the client: none')
}

/** The path without links; what does not exist is taken as it is written. */
function realPathOf(path: string, asked: string): string {
  try {
    return realpathSync(path)
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' || path === dirname(path)) throw new UsageError(`${asked}: ${reasonOf(error)}`)
    if (exists(path)) throw new UsageError(`${asked}: a broken symbolic link`)
    return join(realPathOf(dirname(path), asked), basename(path))
  }
}

/** Also for a link that leads nowhere. */
function exists(path: string): boolean {
  try {
    lstatSync(path)
    return true
  } catch {
    return false
  }
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way))
}

function outside(asked: string, allowed: string): UsageError {
  return new UsageError(`${asked}: outside ${allowed} (lr-mcp -C names the folder that clients may use)`)
}
