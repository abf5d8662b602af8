import { pathOfName } from '@loop-runner/block-format'
import { CommandError, errorCode, ExitStatus, reasonOf } from '@loop-runner/cli-kit'
import {
  fileStatus,
  type FileSystem,
  type FoundFile,
  type Handle,
  inFolderOf,
  readFile,
  RefusedPath,
} from '@loop-runner/file-transaction'
import { joinLines, linesOf, type ReplyContext } from '@loop-runner/reply-format'
import { foldName } from '@loop-runner/source-files'
import { judgePath } from './guard/judge-path.ts'
import { readText } from './planning/text-style.ts'

/** What is asked about the tree. What decides about writing is asked of the disk every time. */
export interface TreeView extends ReplyContext {
  /** Absolute. */
  readonly rootPath: string
  /** Whether there is anything at a path, be it something that must not be written. */
  isThere(path: string): boolean
  /** Throws RefusedPath. */
  read(path: string): FoundFile | undefined
  /**
   * What is there under a name that a file system may take for the same as this new path's; undefined where nothing is.
   * Throws RefusedPath.
   */
  findTwin(path: string): string | undefined
}

/** @throws CommandError (3) from everything that a tree which cannot be read is asked */
export function makeTreeView(files: FileSystem, root: Handle, rootPath: string): TreeView {
  const read = (path: string) =>
    naming(path, () => inFolderOf(files, root, path, (folder, name) => readFile(files, folder, name)))
  const isThere = (path: string) => {
    if (judgePath(path)) return false
    try {
      const status = () => inFolderOf(files, root, path, (folder, name) => fileStatus(files, folder, name))
      return naming(path, status) !== undefined
    } catch (error) {
      if (error instanceof RefusedPath) return true
      throw error
    }
  }
  return {
    rootPath,
    read,
    isThere,
    isKnown: (name) => isThere(pathOfName(name)),
    holdsLine: makeLineHolder((name) => (judgePath(pathOfName(name)) ? undefined : read(pathOfName(name)))),
    textOf: (name) => (judgePath(pathOfName(name)) ? undefined : textAt(() => read(pathOfName(name)))),
    findTwin: (path) => naming(path, () => findTwin(files, root, path.split('/'))),
  }
}

/**
 * Answers whether a file holds a line. The last file's lines are kept: a hostile reply may ask for every line of its own,
 * and nothing that is written depends on the answer alone.
 */
function makeLineHolder(read: (name: string) => FoundFile | undefined): ReplyContext['holdsLine'] {
  let last: { name: string; lines: ReadonlySet<string> } | undefined
  return (name, line) => {
    if (last?.name !== name) last = { name, lines: new Set(linesOf(textAt(() => read(name)) ?? '')) }
    return last.lines.has(line)
  }
}

/** Undefined if there is no such file, or it is not a text that may be read. */
function textAt(read: () => FoundFile | undefined): string | undefined {
  try {
    const found = read()
    const text = found && readText(found.bytes)?.text
    return text === undefined ? undefined : joinLines(linesOf(text))
  } catch (error) {
    if (error instanceof RefusedPath) return undefined
    throw error
  }
}

/** Does something with a path; a system error that comes of it names the path: CommandError (3). */
function naming<T>(path: string, use: () => T): T {
  try {
    return use()
  } catch (error) {
    if (errorCode(error) === undefined) throw error
    throw new CommandError(ExitStatus.Failed, `${path}: ${reasonOf(error)}`, { cause: error })
  }
}

/** Looks at the first part of the path that is not there: it alone could be another's twin. */
function findTwin(files: FileSystem, root: Handle, parts: readonly string[]): string | undefined {
  for (let length = 1; length <= parts.length; length++) {
    const path = parts.slice(0, length).join('/')
    const found = inFolderOf(files, root, path, (folder, name) => {
      if (files.status(folder, name)) return undefined
      const twin = files.list(folder).find((other) => foldName(other) === foldName(name))
      return { twin }
    })
    if (found) return found.twin === undefined ? undefined : [...parts.slice(0, length - 1), found.twin].join('/')
  }
  return undefined
}
