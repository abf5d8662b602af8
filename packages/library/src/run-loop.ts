import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { currentEnvironment, interruptIn } from '@loop-runner/cli-kit'
import { execa } from 'execa'
import type { LoopEvent, LoopSummary } from './loop-events.ts'
import type { LoopOptions } from './loop-options.ts'
import { optionArguments } from './option-arguments.ts'
import { failureOf, launcherOf, operands, problemOf, ProgramFailure, type ProgramOptions } from './run-program.ts'

/** What a loop is to do: every option of `lr-loop`, in camel case, and where it works. */
export interface RunLoopOptions extends LoopOptions, ProgramOptions {
  /** The files and folders that may change; with `resume`, the run: its name or its folder. */
  readonly sources?: readonly string[]
  /** The command that checks them, with its arguments; no shell reads it. */
  readonly checkCommand?: readonly string[]
}

/** A loop that has been started: its events as they happen, and its end. */
export interface LoopRun extends AsyncIterable<LoopEvent> {
  /**
   * How it ended. A check that does not pass is no failure: see `status`.
   *
   * @throws LoopFailure if the loop could not be started or ended without a summary
   */
  readonly summary: Promise<LoopSummary>
  /** Ends it as an interrupt does: nothing is left half written, and `lr-loop --resume` continues it. */
  abort(): void
}

/** lr-loop ended without a summary: the options are wrong, or it was interrupted. */
export class LoopFailure extends ProgramFailure {
  override readonly name = 'LoopFailure'
}

/** Starts `lr-loop`. Several loops may run at once, each in its own working tree. */
export function runLoop(options: RunLoopOptions): LoopRun {
  const { cwd, env, signal, sources = [], checkCommand, ...rest } = options
  const command = checkCommand === undefined ? [] : ['--', ...checkCommand]
  const given = optionArguments(rest)
  const args = [...given, '--json', '--json-events=3', ...operands(sources), ...command]
  const problem = problemOf('lr-loop', args)
  if (problem !== undefined) return endedRun(new LoopFailure(2, problem))
  const child = execa(currentEnvironment().execPath, [launcherOf('lr-loop'), ...args], {
    ...(cwd === undefined ? {} : { cwd }),
    ...(env === undefined ? {} : { env }),
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    buffer: { fd3: false },
    reject: false,
  })
  const abort = () => void child.kill('SIGINT')
  if (signal?.aborted) abort()
  signal?.addEventListener('abort', abort, { once: true })
  const events = queueEvents(child.stdio[3])
  const summary = child.then(({ exitCode, stdout, stderr, code }) => {
    signal?.removeEventListener('abort', abort)
    if (code !== undefined) throw new LoopFailure(...failureOf('lr-loop', code, cwd))
    return readSummary(stdout, stderr.trim(), exitCode ?? INTERRUPTED)
  })
  // A caller that only iterates must not end by a rejection that nothing waits for.
  summary.catch(() => {})
  return { summary, abort, [Symbol.asyncIterator]: () => events() }
}

function readSummary(stdout: string, stderr: string, status: number): LoopSummary {
  if (stdout.trim() !== '') return JSON.parse(stdout) as LoopSummary
  const isInterrupted = status > 128
  throw new LoopFailure(status, isInterrupted ? `lr-loop: ${interruptIn(stderr)}` : (stderr.split('\n').at(-1) ?? ''))
}

/** The exit code of what an interrupt ends. */
const INTERRUPTED = 130

/** A loop that was never started. */
function endedRun(failure: LoopFailure): LoopRun {
  const summary = Promise.reject<LoopSummary>(failure)
  summary.catch(() => {})
  return { summary, abort: () => {}, async *[Symbol.asyncIterator]() {} }
}

/** The events, kept until they are asked for: a loop does not wait for its reader. */
function queueEvents(stream: Readable): () => AsyncGenerator<LoopEvent> {
  const waiting: LoopEvent[] = []
  let isOver = false
  let wake = () => {}
  const lines = createInterface({ input: stream })
  lines.on('line', (line) => {
    waiting.push(JSON.parse(line) as LoopEvent)
    wake()
  })
  lines.on('close', () => {
    isOver = true
    wake()
  })
  return async function* take() {
    for (;;) {
      yield* waiting.splice(0)
      if (isOver && waiting.length === 0) return
      if (waiting.length === 0) await new Promise<void>((resolve) => (wake = resolve))
    }
  }
}
