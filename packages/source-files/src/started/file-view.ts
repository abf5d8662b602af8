import { lstatSync, readFileSync, realpathSync } from 'node:fs'
import { isAbsolute, join, normalize, relative } from 'node:path'
import picomatch from 'picomatch'
import { namesIn } from '../names-in.ts'

/** The files of a tree; all paths are relative to its top. */
export interface FileView {
  isFile(path: string): boolean
  /** What a file holds; empty if it cannot be read or is larger than 1 MiB. */
  readText(path: string): string
  /** The files that a pattern of a shell means, or the path itself if it is not a pattern. */
  expand(pattern: string): string[]
  /** The files in a folder and below it; the file itself if it is one. */
  below(path: string): string[]
  /** A word as a path, seen from a folder of the tree; undefined if it leads out of the tree. */
  inside(folder: string, word: string): string | undefined
}

const MOST_BYTES = 1 << 20

export function makeFileView(cwd: string): FileView {
  const top = realpathSync(cwd)
  const inside = (folder: string, word: string) => {
    if (word === '' || word.includes('\0')) return undefined
    const absolute = isAbsolute(word) ? [relative(cwd, word), relative(top, word)] : [normalize(join(folder, word))]
    const path = absolute.find((candidate) => !isAbsolute(candidate) && !/^\.\.(?:\/|$)/.test(candidate))
    return path === '' ? '.' : path?.replace(/(?<=.)\/+$/, '')
  }
  return {
    inside,
    isFile: (path) => statusOf(join(cwd, path))?.isDirectory() === false,
    readText: (path) => readText(join(cwd, path)),
    below: (path) => below(path, cwd),
    expand: (pattern) => (/[*?[]/.test(pattern) ? expandPattern(pattern, cwd) : [pattern]),
  }
}

/** A word may be anything, also what no file system accepts as a name. */
function statusOf(path: string) {
  try {
    return lstatSync(path)
  } catch {
    return undefined
  }
}

function readText(path: string): string {
  const status = statusOf(path)
  try {
    return status?.isFile() && status.size <= MOST_BYTES ? readFileSync(path, 'utf8') : ''
  } catch {
    return ''
  }
}

function expandPattern(pattern: string, cwd: string): string[] {
  let found = ['']
  for (const part of pattern.split('/')) {
    const matches = /[*?[]/.test(part) ? picomatch(part) : undefined
    found = found.flatMap((folder) =>
      (matches ? namesIn(join(cwd, folder)).filter((name) => matches(name)) : [part]).map((name) => join(folder, name)),
    )
  }
  return found.sort()
}

/** More are no folder of scripts. */
const MOST_FILES = 2000
const NOT_LISTED = new Set(['.git', 'node_modules', '.venv', 'venv', '__pycache__'])

function below(path: string, cwd: string): string[] {
  const found: string[] = []
  const waiting = [path]
  for (let next = waiting.shift(); next !== undefined && found.length < MOST_FILES; next = waiting.shift()) {
    const status = statusOf(join(cwd, next))
    if (status?.isFile()) found.push(next)
    const folder = status?.isDirectory() ? next : undefined
    const names = folder === undefined ? [] : namesIn(join(cwd, folder)).filter((name) => !NOT_LISTED.has(name))
    for (const name of names) waiting.push(join(folder ?? '', name))
  }
  return found.sort()
}
