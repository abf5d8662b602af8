import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { CommandError, errorCode, ExitStatus } from '@loop-runner/cli-kit'
import { replaceDurably, writeDurably } from './durable-file.ts'

/** What a file of the working tree is to become. */
export interface FileChange {
  readonly path: string
  /** Its content now; undefined where it is not there. A file that is something else is not touched. */
  readonly before: Buffer | undefined
  /** Undefined where it is to go. */
  readonly after: { readonly bytes: Buffer; readonly executable: boolean } | undefined
}

/** A FileChange whose content lies ready beside the repository; names and digests only. */
export interface StagedFile {
  readonly path: string
  readonly before: string | undefined
  /** Digest and place of the new content. */
  readonly after: { readonly digest: string; readonly file: string } | undefined
}

/**
 * Lays the new content ready.
 *
 * @param file where to
 * @throws CommandError (3) where the file is not as `before` says
 */
export function stageFile(root: string, { path, before, after }: FileChange, file: string): StagedFile {
  const target = join(root, path)
  if (digestOf(readFile(target)) !== digestOf(before)) throw changedMeanwhile(path)
  if (after) writeDurably(file, after.bytes, modeFor(target, after.executable))
  return { path, before: digestOf(before), after: after && { digest: digestOf(after.bytes) ?? '', file } }
}

/**
 * Puts a staged file in its place, again if need be.
 *
 * @returns whether it is there; not where somebody has changed it since it was staged
 */
export function placeFile(root: string, { path, before, after }: StagedFile): boolean {
  const target = join(root, path)
  const now = digestOf(readFile(target))
  if (now === after?.digest) return true
  if (now !== before) return false
  if (!after) removeFile(root, path)
  else {
    mkdirSync(dirname(target), { recursive: true })
    moveOver(after.file, target)
  }
  return true
}

/** The content of a regular file; undefined where there is none. */
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

/** The permissions of the file that is replaced, executable by those who may read it or by nobody. */
function modeFor(target: string, executable: boolean): number | undefined {
  const stat = lstatSync(target, { throwIfNoEntry: false })
  if (!stat) return executable ? 0o755 : undefined
  const mode = stat.mode & 0o777
  return executable ? mode | ((mode & 0o444) >> 2) : mode & 0o666
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
