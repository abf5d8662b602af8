import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Io } from '@loop-runner/cli-kit'
import { execa } from 'execa'
import { Journals } from '@loop-runner/run-report'
import { Problem } from './problem.ts'
import { newRunId, runsFolder } from './run-paths.ts'

const POLL_MS = 50
/** What lr-loop prints while a run that was started here is at work, in the run's folder. */
const LOG = 'serve.log'
/** How long a loop that is asked to end may take, ms. */
const GRACE_MS = 20_000

interface Child {
  readonly interrupt: () => void
  /** With the exit code; undefined if a signal ended it. */
  readonly ended: Promise<number | undefined>
}

/**
 * Starts loops as processes of their own: they go on if the server is killed, and are interrupted, so that they can be
 * resumed, when it is stopped.
 */
export class RunStarter {
  readonly #children = new Map<string, Child>()
  readonly #io: Io
  readonly #maxRuns: number
  #isStopping = false

  constructor(io: Io, maxRuns: number) {
    this.#io = io
    this.#maxRuns = maxRuns
  }

  /**
   * Starts a run, and waits until it has begun.
   *
   * @returns its name
   * @throws Problem (422) with the reason that lr-loop gives for not starting
   */
  async start(folder: string, args: readonly string[]): Promise<string> {
    const id = newRunId(new Date())
    const path = join(runsFolder(this.#io.env), id)
    this.#requireRoom()
    mkdirSync(path, { recursive: true, mode: 0o700 })
    try {
      await this.#begin(path, folder, [`--run-dir=${path}`, ...args])
    } catch (error) {
      rmSync(path, { recursive: true, force: true })
      throw error
    }
    return id
  }

  /** Resumes an interrupted run, with new limits as options, and waits until it has begun. */
  async resume(path: string, folder: string, flags: readonly string[]): Promise<void> {
    this.#requireRoom()
    await this.#begin(path, folder, [...flags, '--resume', path])
  }

  /**
   * Interrupts the loops that were started here.
   *
   * @returns the folders of their runs
   */
  async stop(): Promise<string[]> {
    this.#isStopping = true
    const running = [...this.#children]
    for (const [, { interrupt }] of running) interrupt()
    const ended = Promise.all(running.map(([, child]) => child.ended))
    await Promise.race([ended, setTimeout(GRACE_MS, undefined, { ref: false })])
    return running.map(([path]) => path)
  }

  #requireRoom(): void {
    if (this.#isStopping) throw new Problem(503, 'the server is stopping')
    if (this.#children.size >= this.#maxRuns) {
      throw new Problem(429, `${this.#children.size} runs are at work (--max-runs ${this.#maxRuns}): stop one, or wait`)
    }
  }

  async #begin(path: string, folder: string, args: readonly string[]): Promise<void> {
    if (this.#children.has(path)) throw new Problem(409, 'a process works on the run')
    const journals = new Journals(path)
    const begins = () => (journals.read().get(0) ?? []).filter((event) => event?.event === 'began').length
    const before = begins()
    const logged = statSync(join(path, LOG), { throwIfNoEntry: false })?.size ?? 0
    const child = this.#spawn(path, folder, args)
    while (begins() === before && this.#children.has(path)) await Promise.race([child.ended, setTimeout(POLL_MS)])
    if (begins() > before) return
    const log = readFileSync(join(path, LOG)).subarray(logged).toString()
    throw new Problem(422, reasonIn(log))
  }

  #spawn(path: string, folder: string, args: readonly string[]): Child {
    const { file, args: launcher } = this.#io.ownProgram('lr-loop')
    const log = openSync(join(path, LOG), 'a', 0o600)
    try {
      const child = execa(file, [...launcher, ...args], {
        cwd: folder,
        env: this.#io.env,
        extendEnv: false,
        detached: true,
        cleanup: false,
        reject: false,
        buffer: false,
        stdin: 'ignore',
        // A pipe of ours would end the loop with us. Its types do not know descriptors as such.
        stdout: log as unknown as 'ignore',
        stderr: log as unknown as 'ignore',
      })
      child.unref()
      const ended = child.then(({ exitCode }) => exitCode).finally(() => this.#children.delete(path))
      const entry = { interrupt: () => void child.kill('SIGTERM'), ended }
      this.#children.set(path, entry)
      return entry
    } finally {
      closeSync(log)
    }
  }
}

/** The last line that lr-loop printed, without its name. */
function reasonIn(log: string): string {
  const line = log.trimEnd().split('\n').at(-1) ?? ''
  return line.replace(/^lr-loop: /, '') || 'lr-loop ended without a message'
}
