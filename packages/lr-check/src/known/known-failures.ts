import { ExitStatus, type Io } from '@loop-runner/cli-kit'
import { exitStatusOf } from '../running/exit-status-of.ts'
import type { Run } from '../running/run-plan.ts'
import { commandLineOf } from '../write-blocks.ts'
import { applyKnown } from './apply-known.ts'
import { type KnownRecord, type KnownRun, writeKnown } from './known-record.ts'
import { knownRunOf } from './record-known.ts'
import { takeKnown } from './take-known.ts'

/** A file, as it was named and where it is. */
export interface NamedFile {
  readonly name: string
  readonly path: string
}

/** What is known, and what becomes of it. */
export interface KnownRequest {
  /** What failed before, and the name of the file that says so; undefined: what fails now is known from now on. */
  readonly base: { readonly record: KnownRecord; readonly name: string } | undefined
  /** So many known failures count all the same. If it is undefined and there is no base, all failures count. */
  readonly fix: number | undefined
  /** Gets what is known for the next checks; undefined: nothing is written. */
  readonly file: NamedFile | undefined
  /** Gets everything that fails now. */
  readonly to: NamedFile | undefined
}

/** The known failures of one call of lr-check: each run is looked at by what is new in it. */
export class KnownFailures {
  readonly #request: KnownRequest
  readonly #io: Pick<Io, 'warn' | 'progress' | 'cwd'>
  /** By command line: what is known after this call, and what fails now. */
  readonly #known = new Map<string, KnownRun>()
  readonly #now = new Map<string, KnownRun>()
  #left: number

  constructor(request: KnownRequest, io: Pick<Io, 'warn' | 'progress' | 'cwd'>) {
    this.#request = request
    this.#io = io
    this.#left = request.fix ?? 0
  }

  /** A run without its known failures, except for those that are to be fixed. */
  apply(run: Run): Run {
    const { base, fix } = this.#request
    const command = commandLineOf(run.plan)
    const now = knownRunOf(run)
    this.#now.set(command, now)
    const before = base === undefined ? now : base.record.runs[command]
    if (before === undefined) {
      if (run.outcome === 'fail') this.#io.warn(`${base?.name}: has no known failures of this command: ${command}`)
      return run
    }
    const { known, taken } = takeKnown(before, now, this.#left)
    this.#left -= taken
    this.#known.set(command, known)
    return base === undefined && fix === undefined ? run : applyKnown(run, known, this.#io.cwd)
  }

  /**
   * Writes the files. Without a reliable result there is nothing to compare with later.
   *
   * @throws UsageError if a file cannot be written
   */
  write(done: readonly Run[]): void {
    const { base, fix, file, to } = this.#request
    const isReliable = exitStatusOf(done) !== ExitStatus.Failed
    if (to && isReliable) writeKnown(to.path, to.name, { version: 1, runs: Object.fromEntries(this.#now) })
    if (!file) return
    if (!isReliable)
      return this.#io.warn(`${file.name}: known failures are not recorded, because there is no reliable result`)
    writeKnown(file.path, file.name, {
      version: 1,
      runs: { ...base?.record.runs, ...Object.fromEntries(this.#known) },
    })
    if (base === undefined && fix === undefined) this.#io.progress(`known failures recorded in ${file.name}`)
  }
}
