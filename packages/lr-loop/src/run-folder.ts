import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError, errorCode, ExitStatus, reasonOf, UsageError } from '@loop-runner/cli-kit'
import { LoopSettings } from './settings.ts'

const JOURNAL = 'journal.jsonl'
const SETTINGS = 'settings.json'

/** A stage of an iteration, as the journal names it: `llm`, `git-commit`. */
export interface StageKey {
  readonly stage: string
  readonly iteration: number
}

/** One line of the journal. */
type Event = Readonly<Record<string, unknown>>

/**
 * The folder of one run: `settings.json`; `ITERATION/STAGE.in`, `.out` and `.err` for every stage (iteration 0 is the check
 * before any reply); `journal.jsonl`, one line an event, on the disk before the loop goes on; `summary.json` at the end.
 * Readable by its owner only: it holds sources.
 */
export class RunFolder {
  readonly path: string
  readonly #journal: number
  readonly #events: Event[]

  private constructor(path: string, journal: number, events: Event[]) {
    this.path = path
    this.#journal = journal
    this.#events = events
  }

  /** @throws CommandError (3) where it cannot be made, UsageError where a run is there already */
  static create(path: string, settings: LoopSettings): RunFolder {
    try {
      mkdirSync(path, { recursive: true, mode: 0o700 })
      const journal = openSync(join(path, JOURNAL), 'ax', 0o600)
      writeFileSync(join(path, SETTINGS), `${JSON.stringify(settings, undefined, 2)}\n`, { mode: 0o600 })
      return new RunFolder(path, journal, [])
    } catch (error) {
      if (errorCode(error) === 'EEXIST')
        throw new UsageError(`${path}: holds a run already (go on with it by --resume)`)
      throw new CommandError(ExitStatus.Failed, `${path}: ${reasonOf(error)} (choose another folder with --run-dir)`)
    }
  }

  /** @throws UsageError where no run is there */
  static reopen(path: string): RunFolder {
    try {
      const events = readEvents(readFileSync(join(path, JOURNAL), 'utf8'))
      // A line that a crash cut short must not be continued by the next event.
      const journal = openSync(join(path, JOURNAL), 'a')
      writeSync(journal, '\n')
      return new RunFolder(path, journal, events)
    } catch (error) {
      throw new UsageError(`${path}: no run to go on with (${reasonOf(error)})`)
    }
  }

  /** @throws UsageError where they are not what this version writes */
  get settings(): LoopSettings {
    const { success, data } = LoopSettings.safeParse(JSON.parse(readFileSync(join(this.path, SETTINGS), 'utf8')))
    if (!success) throw new UsageError(`${join(this.path, SETTINGS)}: not the settings of a run of this version`)
    return data
  }

  /** Where a stage's `in`, `out` or `err` of an iteration lies. */
  file({ stage, iteration }: StageKey, stream: 'in' | 'out' | 'err'): string {
    const folder = join(this.path, String(iteration))
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return join(folder, `${stage}.${stream}`)
  }

  /** The exit status of a stage that has ended in this run, an earlier part of it included. */
  endedWith({ stage, iteration }: StageKey): number | undefined {
    const end = this.#events.find(
      (event) => event['event'] === 'ended' && event['stage'] === stage && event['iteration'] === iteration,
    )
    return typeof end?.['status'] === 'number' ? end['status'] : undefined
  }

  /** Whether an earlier part of this run began a stage; it may have been cut short. */
  wasStarted({ stage, iteration }: StageKey): boolean {
    return this.#events.some(
      (event) => event['event'] === 'started' && event['stage'] === stage && event['iteration'] === iteration,
    )
  }

  /** A value that must be the same when the run is gone on with: what an earlier part of it found, else what is found now. */
  async remember(name: string, find: () => Promise<string>): Promise<string> {
    const known = this.#events.find((event) => event['event'] === 'found' && event['name'] === name)
    if (typeof known?.['value'] === 'string') return known['value']
    const value = await find()
    this.record({ event: 'found', name, value })
    return value
  }

  /** Adds an event to the journal; it is on the disk when this returns. */
  record(event: Event): void {
    writeSync(this.#journal, `${JSON.stringify({ time: new Date().toISOString(), ...event })}\n`)
    fsyncSync(this.#journal)
  }

  finish(summary: unknown): void {
    writeFileSync(join(this.path, 'summary.json'), `${JSON.stringify(summary, undefined, 2)}\n`, { mode: 0o600 })
    closeSync(this.#journal)
  }
}

/** Every whole line; what a crash left of the last one is passed over. */
function readEvents(journal: string): Event[] {
  return journal.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as Event]
    } catch {
      return []
    }
  })
}
