import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { errorCode, makeFolders } from '@loop-runner/cli-kit'
import type { Printed } from '../running/start-plan.ts'

/** No entry that was last used longer ago is kept. */
const LONGEST_AGE_MS = 30 * 24 * 60 * 60 * 1000
/** Of all entries together; the ones that were used last stay. */
const MOST_BYTES = 64 << 20

/** The output of runs, by key, in a folder that is limited in size and age. */
export class ResultStore {
  readonly #folder: string
  readonly #mostBytes: number

  constructor(folder: string, mostBytes = MOST_BYTES) {
    this.#folder = folder
    this.#mostBytes = mostBytes
  }

  /** The output of a run with this key; undefined if not found or unreadable. */
  read(key: string): Printed | undefined {
    const path = this.#pathOf(key)
    try {
      const printed = JSON.parse(readFileSync(path, 'utf8')) as Printed
      const now = new Date()
      utimesSync(path, now, now)
      return printed
    } catch {
      return undefined
    }
  }

  /**
   * Stores the output of a run atomically.
   *
   * @throws the system's error where it cannot be written
   */
  write(key: string, printed: Printed): void {
    makeFolders(this.#folder, 0o700)
    const path = this.#pathOf(key)
    const fresh = `${path}.${randomUUID()}`
    writeFileSync(fresh, JSON.stringify(printed), { mode: 0o600 })
    renameSync(fresh, path)
    this.#removeSurplus()
  }

  #pathOf(key: string): string {
    return join(this.#folder, `${key}.json`)
  }

  #removeSurplus(): void {
    const oldest = Date.now() - LONGEST_AGE_MS
    let bytes = 0
    for (const { path, size, usedAtMs } of this.#entries()) {
      bytes += size
      if (bytes > this.#mostBytes || usedAtMs < oldest) rmSync(path, { force: true })
    }
  }

  /** The ones that were used last first. Another process may remove some meanwhile. */
  #entries(): { path: string; size: number; usedAtMs: number }[] {
    const entries = readdirSync(this.#folder).flatMap((name) => {
      const path = join(this.#folder, name)
      const stat = statOf(path)
      return stat ? [{ path, size: stat.size, usedAtMs: stat.mtimeMs }] : []
    })
    return entries.sort((left, right) => right.usedAtMs - left.usedAtMs)
  }
}

function statOf(path: string) {
  try {
    return statSync(path)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}
