import { join } from 'node:path'
import { CommandError, ExitStatus } from '@loop-runner/cli-kit'
import { getFile, makeFolder, putFile, removeHalfWritten, removeIfThere } from './durable-file.ts'
import type { FileSystem, Handle } from './file-system.ts'
import { hashOf } from './hash.ts'
import { type Manifest, readManifest, writeManifest } from './manifest.ts'
import type { TreeState } from './tree-state.ts'

/**
 * How far a transaction in progress is, which is the name of its file, so that a rename takes it on: nothing is in its
 * place yet; past the point of no return; on the way back.
 */
export type Stage = 'pending' | 'committed' | 'undoing'
/** A transaction that has not come to its end. */
export interface Unfinished {
  readonly manifest: Manifest
  readonly stage: Stage
}

const STAGES: readonly Stage[] = ['committed', 'undoing', 'pending']
/** Folders: transactions that are done, and the versions that they replaced. */
const APPLIED = 'applied'
const OLD = 'old'
/** So many transactions can be taken back. */
const KEPT = 50
/** So many more may be there before they are looked through. */
const SPARE = 10

/** The journal of one working tree. Every change of it is on the disk when the call returns. */
export class Journal {
  readonly #files: FileSystem
  readonly #state: TreeState

  constructor(files: FileSystem, state: TreeState) {
    this.#files = files
    this.#state = state
  }

  unfinished(): Unfinished | undefined {
    for (const stage of STAGES) {
      const bytes = getFile(this.#files, this.#state.unfinished, this.#nameOf(stage))
      if (!bytes) continue
      const manifest = readManifest(bytes)
      if (manifest) return { manifest, stage }
      const path = join(this.#state.unfinishedPath, this.#nameOf(stage))
      throw new CommandError(ExitStatus.Failed, `${path}: not a journal of this program (inspect it, then delete it)`)
    }
    return undefined
  }

  begin(manifest: Manifest): void {
    putFile(this.#files, this.#state.unfinished, this.#nameOf('pending'), writeManifest(manifest))
  }

  /** The point of no return. */
  commit(): void {
    this.#move('pending', 'committed')
  }

  /** Turns round behind the point of no return; before it, there is nothing to turn. */
  turnBack(): void {
    if (getFile(this.#files, this.#state.unfinished, this.#nameOf('committed'))) this.#move('committed', 'undoing')
  }

  /** Forgets a transaction that has been rolled back. */
  drop(): void {
    const { unfinished } = this.#state
    for (const stage of ['undoing', 'pending'] as const) removeIfThere(this.#files, unfinished, this.#nameOf(stage))
    this.#files.sync(unfinished)
  }

  /** Puts a transaction that is done among those that can be taken back. */
  finish({ id }: Manifest): void {
    const { unfinished } = this.#state
    let isDone = false
    try {
      this.#inFolder(APPLIED, (applied) => {
        this.#files.rename(unfinished, this.#nameOf('committed'), applied, `${id}.json`)
        isDone = true
        this.#files.sync(applied)
        this.#files.sync(unfinished)
      })
    } catch (error) {
      // Behind the rename all is done. Should a power cut bring the journal back, it is finished once more, to the same end.
      if (!isDone) throw error
    }
  }

  /** Removes files whose writer was killed, and the oldest transactions once there are too many. */
  clean(): void {
    const { key, folder, unfinished } = this.#state
    removeHalfWritten(this.#files, folder)
    removeHalfWritten(this.#files, unfinished, key)
    this.#inFolder(OLD, (old) => removeHalfWritten(this.#files, old))
    const count = this.#inFolder(APPLIED, (applied) => this.#files.list(applied).length)
    if (count > KEPT + SPARE) this.tidy()
  }

  /** Forgets the oldest transactions, and the versions that none needs. */
  tidy(): void {
    const all = this.applied()
    const needed = new Set(all.slice(0, KEPT).flatMap(({ entries }) => entries.map(({ old }) => old?.hash)))
    this.#inFolder(APPLIED, (folder) => {
      for (const { id } of all.slice(KEPT)) this.#files.removeFile(folder, `${id}.json`)
      this.#files.sync(folder)
    })
    this.#inFolder(OLD, (folder) => {
      for (const name of this.#files.list(folder)) if (!needed.has(name)) this.#files.removeFile(folder, name)
    })
  }

  /** The transactions that are done, newest first. */
  applied(): Manifest[] {
    return this.#inFolder(APPLIED, (applied) => {
      const names = this.#files.list(applied).sort().reverse()
      return names.flatMap((name) => readManifest(getFile(this.#files, applied, name)) ?? [])
    })
  }

  /** Keeps a version that is about to be replaced. */
  keep(bytes: Buffer): void {
    const hash = hashOf(bytes)
    this.#inFolder(OLD, (old) => {
      if (!this.#files.status(old, hash)) putFile(this.#files, old, hash, bytes)
    })
  }

  /** A version that was kept; undefined where it is not there any more. */
  kept(hash: string): Buffer | undefined {
    const bytes = this.#inFolder(OLD, (old) => getFile(this.#files, old, hash))
    return bytes && hashOf(bytes) === hash ? bytes : undefined
  }

  #nameOf(stage: Stage): string {
    return `${this.#state.key}.${stage}.json`
  }

  #move(from: Stage, to: Stage): void {
    const { unfinished } = this.#state
    this.#files.rename(unfinished, this.#nameOf(from), unfinished, this.#nameOf(to))
    this.#files.sync(unfinished)
  }

  #inFolder<T>(name: string, use: (folder: Handle) => T): T {
    const { folder } = this.#state
    makeFolder(this.#files, folder, name)
    const inner = this.#files.openFolder(folder, name)
    try {
      return use(inner)
    } finally {
      this.#files.close(inner)
    }
  }
}
