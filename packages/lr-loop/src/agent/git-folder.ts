import {
  constants,
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { foldersIn } from './folders-in.ts'

/**
 * Copies a git folder. Its objects are linked, as they never change; on another file system they are not kept.
 *
 * @param copy a folder, in which earlier copies are replaced and objects are added
 */
export function keepGitFolder(folder: string, copy: string): void {
  const rest = restOf(copy)
  rmSync(rest, { recursive: true, force: true })
  copyTree(folder, rest)
  for (const path of objectFolders(folder)) linkFiles(join(folder, path), join(objectsOf(copy), path))
}

/** Links objects that are missing in a git folder. */
export function bringObjectsBack(folder: string, copy: string): void {
  for (const path of objectFolders(objectsOf(copy))) linkFiles(join(objectsOf(copy), path), join(folder, path))
}

/** Restores one file or folder of a git folder; entries that are not in the copy are kept. */
export function bringPartBack(
  folder: string,
  copy: string,
  part: string,
  isWanted: (path: string) => boolean = () => true,
): void {
  const source = join(restOf(copy), part)
  if (existsSync(source)) cpSync(source, join(folder, part), { recursive: true, force: true, filter: isWanted })
}

/**
 * Copies the files of a git folder that are gone.
 *
 * @param isWanted by the path in the folder
 */
export function bringMissingBack(folder: string, copy: string, isWanted: (path: string) => boolean): void {
  if (!existsSync(restOf(copy))) return
  for (const entry of readdirSync(restOf(copy), { withFileTypes: true, recursive: true })) {
    const source = join(entry.parentPath, entry.name)
    const path = relative(restOf(copy), source)
    const target = join(folder, path)
    if (!entry.isFile() || !isWanted(path) || lstatSync(target, { throwIfNoEntry: false })) continue
    try {
      mkdirSync(dirname(target), { recursive: true })
      cpSync(source, target, { preserveTimestamps: true })
    } catch {
      // A file of another name is in the way: the log of a branch in whose place there are others.
    }
  }
}

/** Restores a git folder. Its present content is moved aside. */
export function bringFolderBack(folder: string, copy: string, aside: string): void {
  if (!existsSync(restOf(copy))) return
  moveAside(folder, aside)
  copyTree(restOf(copy), folder)
  bringObjectsBack(folder, copy)
}

/** A file `.git` that names the git folder of a linked working tree. */
export function bringLinkBack(file: string, text: string, aside: string): void {
  moveAside(file, aside)
  writeFileSync(file, text)
}

function moveAside(path: string, aside: string): void {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return
  try {
    mkdirSync(dirname(aside), { recursive: true, mode: 0o700 })
    renameSync(path, aside)
  } catch {
    // It is on another file system, or something was moved there before.
    rmSync(path, { recursive: true, force: true })
  }
}

/** Copies all but objects, which are linked, locks and sockets. */
function copyTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    try {
      if (entry.isDirectory() && entry.name !== OBJECTS) copyTree(source, target)
      else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target)
      else if (entry.isFile() && !entry.name.endsWith('.lock')) copyFileSync(source, target, constants.COPYFILE_FICLONE)
    } catch {
      // It may not be read, or is gone already: git may be at work.
    }
  }
}

const OBJECTS = 'objects'

/** Those of a repository and of its submodules, relative to its folder. */
function objectFolders(folder: string, path = ''): string[] {
  return foldersIn(join(folder, path)).flatMap((name) => {
    const inner = join(path, name)
    if (name === OBJECTS) return [inner]
    return path === '' && name !== 'modules' && name !== 'lfs' ? [] : objectFolders(folder, inner)
  })
}

/** Nothing can be linked on another file system; entries that cannot be restored then are reported. */
function linkFiles(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  const known = new Set(readdirSync(to))
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    try {
      if (entry.isDirectory()) linkFiles(source, target)
      else if (entry.isFile() && !known.has(entry.name)) linkSync(source, target)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EXDEV') return
    }
  }
}

function restOf(copy: string): string {
  return join(copy, 'rest')
}

function objectsOf(copy: string): string {
  return join(copy, 'objects')
}
