import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError, errorCode, ExitStatus, makeFolders, reasonOf, UsageError } from '@loop-runner/cli-kit'
import { LoopSettings } from '../settings.ts'
import { type Summary, writeSummary } from '../summary.ts'
import { inRunFolder } from './in-run-folder.ts'
import { hasBegun, Journal, JOURNAL } from './journal.ts'
import type { LoopEvent } from './loop-event.ts'
import { nameOfNote, isAsNoted, noteHash, requireNotedHash } from './noted-hash.ts'

const SETTINGS = 'settings.json'
const OURS = { mode: 0o600 }

/** Whether an event notes the hash of the settings. */
export function isSeal(event: LoopEvent): boolean {
  return event.event === 'found' && event.name === nameOfNote(SETTINGS)
}

/** A stage of an iteration, as the journal names it: `llm`, `git-commit`. */
export interface StageKey {
  readonly stage: string
  readonly iteration: number
}

/**
 * The folder of one run: `settings.json`; `ITERATION/STAGE.in`, `.out` and `.err` for every stage (iteration 0 is the check
 * before any reply); `journal.jsonl`; `summary.json` at the end. Readable by its owner only: it holds sources.
 */
export class RunFolder {
  readonly path: string
  readonly journal: Journal

  private constructor(path: string, journal: Journal) {
    this.path = path
    this.journal = journal
  }

  /** @throws CommandError (3) where it cannot be made, UsageError where a run is there already */
  static create(path: string, settings: LoopSettings): RunFolder {
    if (hasBegun(path)) throw new UsageError(`${path}: already contains a run (continue it with --resume)`)
    try {
      makeFolders(path, 0o700)
      // A crash here leaves no journal, so no unresumable run.
      writeFileSync(join(path, SETTINGS), writeSettings(settings), OURS)
      return new RunFolder(path, Journal.create(join(path, JOURNAL)))
    } catch (error) {
      throw new CommandError(ExitStatus.Failed, `${path}: ${reasonOf(error)} (choose another folder with --run-dir)`)
    }
  }

  /** @throws UsageError where no run is there */
  static reopen(path: string): RunFolder {
    try {
      return new RunFolder(path, Journal.reopen(join(path, JOURNAL)))
    } catch (error) {
      throw new UsageError(`${path}: no run to resume (${reasonOf(error)})`)
    }
  }

  /** @throws UsageError if they are not settings of this version */
  get settings(): LoopSettings {
    return readSettings(this.path)
  }

  /** Notes the hash of the settings in the journal, if they are new. */
  async seal(): Promise<void> {
    await noteHash(this, SETTINGS)
  }

  /** @throws CommandError (3) if the settings were changed since the run began, and not by us */
  async requireSealed(): Promise<void> {
    const file = join(this.path, SETTINGS)
    if (await isAsNoted(this, SETTINGS, `${SETTINGS}.new`)) inRunFolder(file, () => renameSync(`${file}.new`, file))
    await requireNotedHash(this, SETTINGS)
  }

  /** The record of tests and check scripts from the first check. */
  get guard(): string {
    return join(this.path, 'guard.json')
  }

  /** The failures that do not count, or if all count, those of the first check. */
  get known(): string {
    return join(this.path, 'known.json')
  }

  /** The results of each test in the last check; if there was only one check, they are in `known`. */
  get tests(): string {
    return join(this.path, 'tests.json')
  }

  /** The guard of the hidden check. */
  get confirmGuard(): string {
    return join(this.path, 'confirm-guard.json')
  }

  /**
   * Sets new limits, for this part of the run and all that follow.
   *
   * @throws UsageError for a run with attempts, each of which has its own
   */
  async changeLimits(limits: Partial<LoopSettings['limits']>): Promise<void> {
    if (Object.keys(limits).length === 0) return
    const { settings } = this
    if (settings.attempts)
      throw new UsageError(`${this.path}: limits of attempts cannot be changed (start a new run from the files here)`)
    const file = join(this.path, SETTINGS)
    const changed = writeSettings({ ...settings, limits: { ...settings.limits, ...limits } })
    inRunFolder(file, () => writeFileSync(`${file}.new`, changed, OURS))
    // If a crash comes between the note and the change, requireSealed makes the change.
    await noteHash(this, SETTINGS, `${SETTINGS}.new`)
    inRunFolder(file, () => renameSync(`${file}.new`, file))
  }

  /** The file of a stage in an iteration: its input, output or messages, or the waits of a request. */
  file({ stage, iteration }: StageKey, stream: 'in' | 'out' | 'err' | 'waits'): string {
    const folder = join(this.path, String(iteration))
    inRunFolder(folder, () => makeFolders(folder, 0o700))
    return join(folder, `${stage}.${stream}`)
  }

  /**
   * Writes the input or output of a stage.
   *
   * @returns the file
   * @throws CommandError (3) where it cannot be written
   */
  write(key: StageKey, stream: 'in' | 'out', text: string): string {
    const file = this.file(key, stream)
    inRunFolder(file, () => writeFileSync(file, text, OURS))
    return file
  }

  /** The exit code with which a stage has ended last in this run, an earlier part of it included. */
  endedWith({ stage, iteration }: StageKey): number | undefined {
    const ends = this.journal.events.filter((event) => event.event === 'ended')
    return ends.findLast((event) => event.stage === stage && event.iteration === iteration)?.status
  }

  /** Whether an earlier part of this run began a stage; it may have been cut short. */
  wasStarted({ stage, iteration }: StageKey): boolean {
    return this.journal.events.some(
      (event) => event.event === 'started' && event.stage === stage && event.iteration === iteration,
    )
  }

  /** A value that a resumed run must keep: that of an earlier part of the run, else the present one. */
  async remember(name: string, find: () => Promise<string>): Promise<string> {
    for (const event of this.journal.events) if (event.event === 'found' && event.name === name) return event.value
    const value = await find()
    this.journal.record({ event: 'found', name, value })
    return value
  }

  finish(summary: Summary): void {
    const file = join(this.path, 'summary.json')
    inRunFolder(file, () => writeFileSync(file, writeSummary(summary, 2), OURS))
    this.journal.close()
  }
}

function writeSettings(settings: LoopSettings): string {
  return `${JSON.stringify(settings, undefined, 2)}\n`
}

/**
 * The settings of the run in a folder.
 *
 * @throws UsageError if they are not settings of this version
 */
export function readSettings(path: string): LoopSettings {
  const file = join(path, SETTINGS)
  try {
    return LoopSettings.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    const reason = errorCode(error) === undefined ? 'not the settings of a run of this version' : reasonOf(error)
    throw new UsageError(`${file}: ${reason}`)
  }
}
