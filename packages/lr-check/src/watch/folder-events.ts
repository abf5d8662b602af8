import { type FSWatcher, watch } from 'node:fs'
import { errorCode } from '@loop-runner/cli-kit'

/** How long nothing must happen before a change is taken for whole: editors write in several steps. */
const QUIET_MS = 100
/** How often it is assumed that something may have changed where the system cannot tell. */
const POLL_MS = 1000

/** Reports that something has changed in folders, but not what. */
export class FolderEvents {
  readonly #watchers = new Map<string, FSWatcher>()
  readonly #onBlind: (reason: string) => void
  #poll: NodeJS.Timeout | undefined
  #hasHappened = false
  #tell: () => void = () => {}

  /** @param onBlind called once with the reason why changes cannot be seen as they happen; then files are compared every second */
  constructor(onBlind: (reason: string) => void) {
    this.#onBlind = onBlind
  }

  /** Watches these folders, without those inside them, and no others any longer. */
  watch(folders: ReadonlySet<string>): void {
    for (const [folder, watcher] of this.#watchers) {
      if (folders.has(folder)) continue
      watcher.close()
      this.#watchers.delete(folder)
    }
    for (const folder of folders) if (!this.#watchers.has(folder)) this.#add(folder)
  }

  /** Done when something has happened since it was last asked, and then nothing for a moment. */
  async next(): Promise<void> {
    if (!this.#hasHappened) await new Promise<void>((resolve) => (this.#tell = resolve))
    while (this.#hasHappened) {
      this.#hasHappened = false
      await new Promise((resolve) => setTimeout(resolve, QUIET_MS))
    }
  }

  close(): void {
    this.watch(new Set())
    clearInterval(this.#poll)
  }

  #add(folder: string): void {
    try {
      const watcher = watch(folder, { persistent: true }, () => this.#happen())
      // If a folder is removed, its parent reports it.
      watcher.on('error', () => this.#happen())
      this.#watchers.set(folder, watcher)
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') this.#startPolling(errorCode(error) ?? String(error))
    }
  }

  /** The system's watches are used up, or the file system has none. */
  #startPolling(reason: string): void {
    if (this.#poll) return
    this.#onBlind(reason)
    this.#poll = setInterval(() => this.#happen(), POLL_MS)
  }

  #happen(): void {
    this.#hasHappened = true
    this.#tell()
  }
}
