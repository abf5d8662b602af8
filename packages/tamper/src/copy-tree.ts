import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { namesIn } from '@loop-runner/source-files'
import { copyRepository } from './copy-repository.ts'
import { copyTime, copyTimes } from './keep-times.ts'
import { foldersOf } from './list-nearby.ts'
import { sizeOf } from './size-of.ts'

/** Folders that a copy never needs. */
const LEFT_OUT = new Set(['.git', '__pycache__', '.pytest_cache', '.mypy_cache', '.ruff_cache'])

/** Installed packages: large, and no check writes into them. */
const INSTALLED = new Set(['node_modules', 'bower_components', '.venv', 'venv', '.tox', '.nox', 'vendor', '.yarn'])

/** Ignored files beyond this size in all are not copied. */
const MOST_IGNORED_BYTES = 100 << 20

/**
 * Copies the files of a tree. Of what git ignores, installed packages are linked to, and the rest, such as what a build has
 * made, is copied: what a check writes into it stays in the copy. Times are kept, and a repository at the top looks the same.
 *
 * @param names relative to `from`
 * @param links whether installed packages are links; else they are empty folders, over which they are to be mounted
 * @returns the folders of installed packages, and others that are to be mounted
 */
export function copyTree(names: readonly string[], from: string, to: string, links: boolean): string[] {
  mkdirSync(to, { recursive: true })
  const mounted = copyRepository(from, to, links)
  const folders = foldersOf(names)
  for (const folder of folders) mkdirSync(join(to, folder), { recursive: true })
  const ignored = listIgnored(new Set(names), folders, from)
  const isPlace = (path: string) => isInstalled(join(from, path), links)
  const installed = ignored.filter(isPlace)
  for (const path of installed) {
    if (links) symlinkSync(join(from, path), join(to, path))
    else makePlace(join(from, path), join(to, path))
  }
  let room = MOST_IGNORED_BYTES
  for (const path of ignored.filter((each) => !isPlace(each))) {
    room -= sizeOf(join(from, path), room)
    if (room >= 0) copy(join(from, path), join(to, path))
  }
  for (const name of names) {
    mkdirSync(dirname(join(to, name)), { recursive: true })
    copy(join(from, name), join(to, name))
  }
  // A folder after its content.
  for (const folder of [...folders].sort().reverse()) copyTime(join(from, folder), join(to, folder))
  return [...mounted, ...installed]
}

/** Entries in the folders of a tree that do not belong to it. */
function listIgnored(listed: ReadonlySet<string>, folders: ReadonlySet<string>, from: string): string[] {
  return [...folders].flatMap((folder) =>
    namesIn(join(from, folder))
      .filter((name) => !LEFT_OUT.has(name))
      .map((name) => join(folder, name))
      .filter((path) => !folders.has(path) && !listed.has(path)),
  )
}

function makePlace(from: string, to: string): void {
  if (statSync(from).isDirectory()) mkdirSync(to)
  else writeFileSync(to, '')
}

function copy(from: string, to: string): void {
  cpSync(from, to, { recursive: true, verbatimSymlinks: true, force: true, filter: isCopied })
  if (existsSync(to)) copyTimes(from, to)
}

/**
 * Sockets, pipes and devices are not, nor what CMake keeps: it refuses to build in another folder with it. What may not be read, is
 * gone meanwhile or has a name that is not UTF-8 cannot be copied.
 */
function isCopied(path: string): boolean {
  if (basename(path) === 'CMakeCache.txt') return false
  const status = lstatSync(path, { throwIfNoEntry: false })
  if (status?.isDirectory()) return mayBe(constants.R_OK | constants.X_OK, path)
  return status?.isFile() ? mayBe(constants.R_OK, path) : status?.isSymbolicLink() === true
}

function mayBe(access: number, path: string): boolean {
  try {
    accessSync(path, access)
    return true
  } catch {
    return false
  }
}

/** A link that would be mounted as a folder has another name then, and programs that lie there load their files twice. */
function isInstalled(path: string, links: boolean): boolean {
  // A name that is not UTF-8 names nothing.
  if (!links && lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true) return false
  return INSTALLED.has(basename(path)) || existsSync(join(path, 'pyvenv.cfg'))
}
