import { ExitStatus, type Io } from '@loop-runner/cli-kit'
import { kindOf, type Plan, runsCode } from '@loop-runner/checkers'
import { exitStatusOf } from '../running/exit-status-of.ts'
import type { Run } from '../running/run-plan.ts'
import { commandLineOf } from '../write-blocks.ts'
import { applyKnown } from './apply-known.ts'
import { type KnownRecord, type KnownRun, writeKnown } from './known-record.ts'
import { knownRunOf } from './record-known.ts'
import { takeKnown } from './take-known.ts'
import { testsOf } from './tests-of.ts'

/** A file, as it was named and where it is. */
export interface NamedFile {
  readonly name: string
  readonly path: string
}

/** The known failures, and where they are recorded. */
export interface KnownRequest {
  /** The earlier failures, and the name of their file; undefined: the present failures become the known ones. */
  readonly base: { readonly record: KnownRecord; readonly name: string } | undefined
  /** So many known failures count all the same. If it is undefined and there is no base, all failures count. */
  readonly fix: number | undefined
  /** The file for the known failures of later checks; undefined: nothing is written. */
  readonly file: NamedFile | undefined
  /** Gets everything that fails now. */
  readonly to: NamedFile | undefined
}

/** The known failures of one call of lr-check: only new failures of a run count. */
export class KnownFailures {
  readonly #request: KnownRequest
  readonly #io: Pick<Io, 'warn' | 'progress' | 'cwd'>
  /** By command: the known failures after this call, and the present failures. */
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
    const key = keyOf(run.plan)
    const now = knownRunOf(run)
    this.#warnIfNameless(run)
    add(this.#now, key, now)
    const before = base === undefined ? now : (this.#known.get(key) ?? base.record.runs[key])
    if (before === undefined) {
      if (run.outcome === 'fail') this.#io.warn(`${base?.name}: has no known failures of this command: ${key}`)
      return run
    }
    const { known, taken } = takeKnown(before, now, this.#left)
    this.#left -= taken
    if (base === undefined) add(this.#known, key, known)
    else this.#known.set(key, known)
    return base === undefined && fix === undefined ? run : applyKnown(run, known, this.#io.cwd)
  }

  /** Failures without names cannot be told apart later. */
  #warnIfNameless(run: Run): void {
    const { base, fix, file } = this.#request
    const isAsked = base !== undefined || fix !== undefined || file !== undefined
    if (!isAsked || run.outcome !== 'fail' || !runsCode(kindOf(run.plan)) || testsOf(run)) return
    this.#io.warn(
      `${keyOf(run.plan)}: names no tests (it has no report of a known runner, and no TAP), so all that fails counts`,
    )
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

/** The command line without the files that are checked: they become more and fewer. */
function keyOf(plan: Plan): string {
  const files = new Set(plan.files)
  const argv = plan.argv.filter((word) => !files.has(word))
  return commandLineOf({ ...plan, argv: argv.length === 0 ? plan.argv : argv })
}

/** A checker that is run for each file has several runs. */
function add(runs: Map<string, KnownRun>, key: string, run: KnownRun): void {
  const other = runs.get(key)
  runs.set(key, other ? mergeRuns(other, run) : run)
}

function mergeRuns(one: KnownRun, other: KnownRun): KnownRun {
  const tests = [...(one.tests ?? []), ...(other.tests ?? [])]
  return {
    ...(tests.length === 0 ? {} : { tests }),
    failed: [...one.failed, ...other.failed],
    skipped: [...(one.skipped ?? []), ...(other.skipped ?? [])],
    otherFailures: one.otherFailures + other.otherFailures,
    findings: [...one.findings, ...other.findings],
  }
}
