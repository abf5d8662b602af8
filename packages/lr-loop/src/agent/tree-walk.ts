import { isUtf8 } from 'node:buffer'
import { chmodSync, type Dirent, existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { modeOf } from './folder-modes.ts'

/** The content of a tree besides the files that git lists. */
export interface TreeWalk {
  /** The modes of its folders; of the root as an empty path. */
  readonly modes: Record<string, number>
  /** Pipes, sockets and devices. */
  readonly special: string[]
  /** Files and folders whose name is not UTF-8: paths as latin1, byte by byte. */
  readonly odd: string[]
  /** Folders with a repository of their own, into which the walk does not go. */
  readonly nested: string[]
}

interface WalkRequest {
  /** Folders to leave out: those that git ignores. */
  readonly ignored: readonly string[]
  /** Without one, repositories in the tree are folders as others. */
  readonly hasGit: boolean
  /** Folders that are made readable, if they are not: those that an agent made. */
  readonly isOpened?: (folder: string) => boolean
}

export function walkTree(root: string, { ignored, hasGit, isOpened = () => false }: WalkRequest): TreeWalk {
  const left = new Set(ignored.map((folder) => folder.replace(/\/$/, '')))
  const found: TreeWalk = { modes: {}, special: [], odd: [], nested: [] }
  visit('')
  return found

  function visit(folder: string): void {
    const place = join(root, folder)
    const mode = modeOf(place)
    if (mode === undefined) return
    found.modes[folder] = mode
    if (isOpened(folder)) open(place, mode)
    if (folder !== '' && hasGit && isRepository(place)) found.nested.push(folder)
    else look(folder, entriesOf(place))
  }

  function look(folder: string, entries: readonly Dirent[]): void {
    if (entries.some(({ name }) => name.includes('\uFFFD'))) found.odd.push(...oddNames(root, folder))
    for (const entry of entries) {
      const path = join(folder, entry.name)
      if (left.has(path) || entry.name === '.git') continue
      if (entry.isDirectory()) visit(path)
      else if (!entry.isFile() && !entry.isSymbolicLink()) found.special.push(path)
    }
  }
}

function open(folder: string, mode: number): void {
  if ((mode & 0o700) === 0o700) return
  try {
    chmodSync(folder, mode | 0o700)
  } catch {
    // It is another user's.
  }
}

/** As git recognises it: a folder `.git` with the required entries, or a file that names one. */
function isRepository(folder: string): boolean {
  const path = join(folder, '.git')
  const stats = lstatSync(path, { throwIfNoEntry: false })
  if (stats?.isFile()) {
    const [, link] = /^gitdir: (.+)$/m.exec(readFileSync(path, 'utf8')) ?? []
    return link !== undefined && isGitFolder(resolve(folder, link))
  }
  return stats?.isDirectory() === true && isGitFolder(path)
}

function isGitFolder(path: string): boolean {
  return existsSync(join(path, 'HEAD')) && (existsSync(join(path, 'commondir')) || isFolder(join(path, 'objects')))
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

/** An agent may have closed a folder, or removed it meanwhile. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}

function oddNames(root: string, folder: string): string[] {
  const names = readdirSync(join(root, folder), { encoding: 'buffer' }).filter((name) => !isUtf8(name))
  const start = Buffer.from(folder === '' ? '' : `${folder}/`)
  return names.map((name) => Buffer.concat([start, name]).toString('latin1'))
}
