import { createHash } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  constants,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  type Stats,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { CommandError, errorCode, ExitStatus } from '@loop-runner/cli-kit'
import { replaceDurably, writeDurably } from '../transaction/durable-file.ts'
import { isThere } from '../transaction/if-there.ts'

/** What a file of the working tree is to become. */
export interface FileChange {
  readonly path: string
  /** Its content now; undefined where it is not there. A file that is something else is not touched. */
  readonly before: Buffer | undefined
  /** Undefined where it is to go. Whether it is executable stays as it is where that is undefined. */
  readonly after: { readonly bytes: Buffer; readonly executable: boolean | undefined } | undefined
}

/** A FileChange whose content lies ready in the git folder: digests only. */
export interface StagedFile {
  readonly path: string
  readonly before: string | undefined
  readonly after: { readonly digest: string; readonly executable?: boolean | undefined } | undefined
}

/**
 * Lays the new content ready.
 *
 * @param file where to
 * @throws CommandError (3) where the file is not as `before` says
 * @throws a system error where its folder is not to be written in
 */
export function stageFile(root: string, { path, before, after }: FileChange, file: string): StagedFile {
  const target = join(root, path)
  const stat = lstatSync(target, { throwIfNoEntry: false })
  if (stat && !stat.isFile()) throw new CommandError(ExitStatus.Failed, `${path}: is not a file (move it first)`)
  if (digestOf(readFile(target)) !== digestOf(before)) throw changedMeanwhile(path)
  accessSync(nearestFolder(target), constants.W_OK | constants.X_OK)
  if (!after) return { path, before: digestOf(before), after }
  const { bytes, executable } = after
  writeDurably(file, bytes, modeFor(stat, executable))
  return { path, before: digestOf(before), after: { digest: digestOf(bytes) ?? '', executable } }
}

/**
 * Puts a staged file in its place, again if need be.
 *
 * @param file where its content lies
 * @returns whether it is there; false if it has changed since it was staged
 */
export function placeFile(root: string, { path, before, after }: StagedFile, file: string): boolean {
  const target = join(root, path)
  const now = digestOf(readFile(target))
  if (now !== after?.digest && now !== before) return false
  if (after && now === after.digest) setExecutable(target, after.executable)
  else if (after) {
    mkdirSync(dirname(target), { recursive: true })
    moveOver(file, target)
  } else if (now !== undefined) removeFile(root, path)
  return true
}

/** The content of a regular file; undefined if it does not exist. */
export function readFile(path: string): Buffer | undefined {
  try {
    return lstatSync(path).isFile() ? readFileSync(path) : undefined
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return undefined
    throw error
  }
}

function changedMeanwhile(path: string): CommandError {
  return new CommandError(ExitStatus.Failed, `${path}: has changes that are not committed (commit them first)`)
}

function digestOf(bytes: Buffer | undefined): string | undefined {
  return bytes && createHash('sha256').update(bytes).digest('hex')
}

/** The permissions of the file that is replaced, executable by all who may read it, or not at all. */
function modeFor(stat: Stats | undefined, executable: boolean | undefined): number | undefined {
  if (!stat) return executable ? 0o755 : undefined
  const mode = stat.mode & 0o777
  if (executable === undefined) return mode
  return executable ? mode | ((mode & 0o444) >> 2) : mode & 0o666
}

/** Of a file whose content is right already. */
function setExecutable(target: string, executable: boolean | undefined): void {
  const stat = lstatSync(target)
  const mode = modeFor(stat, executable)
  if (mode !== undefined && mode !== (stat.mode & 0o777)) chmodSync(target, mode)
}

/** The folder that a file lies in, or the first above it that is there. */
function nearestFolder(target: string): string {
  const folder = dirname(target)
  return isThere(folder) ? folder : nearestFolder(folder)
}

function moveOver(from: string, target: string): void {
  try {
    replaceDurably(from, target)
  } catch (error) {
    if (errorCode(error) !== 'EXDEV') throw error
    // The repository lies on another file system than its working tree.
    const near = join(dirname(target), `.${basename(target)}.lr-git`)
    writeDurably(near, readFileSync(from), lstatSync(from).mode & 0o777)
    replaceDurably(near, target)
  }
}

/** Removes a file and the folders that become empty, as git does. */
function removeFile(root: string, path: string): void {
  rmSync(join(root, path))
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    try {
      rmdirSync(join(root, folder))
    } catch {
      return
    }
  }
}
