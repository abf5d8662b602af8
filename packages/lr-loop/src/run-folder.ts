import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError, ExitStatus, reasonOf } from '@loop-runner/cli-kit'

/**
 * The folder of one run: `ITERATION/STAGE.in`, `.out` and `.err` for every stage (iteration 0 is the check before any
 * reply), `journal.jsonl` with one line an event, `summary.json` at the end. Readable by its owner only: it holds sources.
 */
export class RunFolder {
  readonly path: string
  readonly #journal: number

  /** @throws CommandError (3) where the folder cannot be made */
  constructor(path: string) {
    this.path = path
    try {
      mkdirSync(path, { recursive: true, mode: 0o700 })
      this.#journal = openSync(join(path, 'journal.jsonl'), 'ax', 0o600)
    } catch (error) {
      throw new CommandError(ExitStatus.Failed, `${path}: ${reasonOf(error)} (choose another folder with --run-dir)`)
    }
  }

  /** Where a stage's `in`, `out` or `err` of an iteration lies. */
  file(iteration: number, stage: string, stream: 'in' | 'out' | 'err'): string {
    const folder = join(this.path, String(iteration))
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return join(folder, `${stage}.${stream}`)
  }

  /** Adds an event to the journal; it is on the disk when this returns. */
  record(event: Readonly<Record<string, unknown>>): void {
    writeSync(this.#journal, `${JSON.stringify({ time: new Date().toISOString(), ...event })}\n`)
    fsyncSync(this.#journal)
  }

  finish(summary: unknown): void {
    writeFileSync(join(this.path, 'summary.json'), `${JSON.stringify(summary, undefined, 2)}\n`, { mode: 0o600 })
    closeSync(this.#journal)
  }
}

/** A fresh folder for a run below the user's state folder (`$XDG_STATE_HOME`, or `~/.local/state`). */
export function newRunPath(env: NodeJS.ProcessEnv, now: Date): string {
  const state = env['XDG_STATE_HOME'] || join(env['HOME'] || '/tmp', '.local', 'state')
  const time = now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
  return join(state, 'loop-runner', 'runs', `${time}-${randomBytes(3).toString('hex')}`)
}
