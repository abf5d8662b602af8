import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { reasonOf } from '@loop-runner/cli-kit'
import type { HeldFile } from './held-files.ts'

/** A file that was put back, or not. */
export interface PutBack {
  readonly path: string
  /** Where its other content is kept; undefined if there was none. */
  readonly kept: string | undefined
  /** Why it is not put back. */
  readonly problem: string | undefined
}

/**
 * Puts files back as they were before the check, and takes new ones away. What they held is moved aside, never deleted.
 *
 * @param paths the paths that changed during the check, relative to `cwd`, and whether each is new
 * @param aside the folder for their changed versions
 */
export function putBack(
  paths: ReadonlyMap<string, { readonly isNew: boolean }>,
  held: ReadonlyMap<string, HeldFile>,
  cwd: string,
  aside: string,
): PutBack[] {
  return [...paths].map(([path, { isNew }]) => {
    const file = held.get(path)
    if (!isNew && file?.bytes === undefined && file?.target === undefined) {
      return { path, kept: undefined, problem: 'what it held is not known' }
    }
    try {
      const kept = moveAside(join(cwd, path), aside)
      if (file) restore(file, cwd)
      return { path, kept, problem: undefined }
    } catch (error) {
      return { path, kept: undefined, problem: reasonOf(error) }
    }
  })
}

function moveAside(file: string, aside: string): string | undefined {
  mkdirSync(aside, { recursive: true, mode: 0o700 })
  for (let number = 1; ; number++) {
    const target = resolve(aside, number === 1 ? basename(file) : `${basename(file)}.${number}`)
    try {
      // A name that is taken is never overwritten; an empty file claims it.
      writeFileSync(target, '', { flag: 'wx', mode: 0o600 })
    } catch {
      if (number > 9999) throw new Error(`${aside}: no free name`)
      continue
    }
    return move(file, target)
  }
}

function move(file: string, target: string): string | undefined {
  try {
    renameSync(file, target)
    return target
  } catch (error) {
    rmSync(target, { force: true })
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    // Another file system: it stays beside the file.
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    const beside = `${file}.lr-replaced-${Date.now()}`
    renameSync(file, beside)
    return beside
  }
}

function restore({ path, target, bytes = Buffer.alloc(0), mode }: HeldFile, cwd: string): void {
  const file = join(cwd, path)
  mkdirSync(dirname(file), { recursive: true })
  if (target === undefined) {
    writeFileSync(file, bytes, { flag: 'wx' })
    chmodSync(file, mode)
  } else symlinkSync(target, file)
}
