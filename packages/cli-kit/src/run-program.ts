import { realpathSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { BrokenPipe, CommandError, reasonOf, UsageError } from './command-error.ts'
import { ExitStatus, statusOfSignal } from './exit-status.ts'
import { Input } from './input.ts'
import type { Io } from './io.ts'
import { Output } from './output.ts'
import type { Program } from './program.ts'
import { prepareCall } from './prepare-call.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** The mutable side of an Io: how loud it is, and what an interrupt has to clean up. */
interface Edge {
  readonly io: Io
  readonly setLoudness: (loudness: { quiet: boolean; verbose: boolean }) => void
  readonly interrupt: (reason: Error) => Promise<void>
}

/**
 * Runs a program from its command line to its exit status. The only code that touches `process`: it owns the streams,
 * the signals and the one line that an error is.
 */
export async function runProgram(program: Program): Promise<void> {
  const edge = makeEdge(program.name)
  for (const signal of SIGNALS) process.on(signal, () => void endByInterrupt(edge, signal))
  const status = await runCommand(program, edge)
  // Nobody waits for lines of progress as they are written. With them out nothing is cut off by the exit, and handles that
  // are still open do not keep us alive.
  await edge.io.stderr.flush()
  process.exit(status)
}

async function runCommand(program: Program, { io, setLoudness }: Edge): Promise<number> {
  try {
    const prepared = await prepareCall(program, process.argv.slice(2), io)
    if ('print' in prepared) {
      await io.stdout.write(prepared.print)
      return ExitStatus.Yes
    }
    setLoudness(prepared.call.options)
    const cwd = changeDirectory(prepared.call.options.directory)
    return await prepared.command.run(prepared.call as never, { ...io, cwd })
  } catch (error) {
    return report(program.name, io, error)
  }
}

async function report(name: string, io: Io, error: unknown): Promise<number> {
  if (error instanceof BrokenPipe) return error.status
  const known = error instanceof CommandError
  const text = known ? `${name}: ${oneLine(error.message)}\n` : `${name}: bug: ${stackOf(error)}\n`
  await io.stderr.write(text).catch(() => {})
  return known ? error.status : ExitStatus.Bug
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/** A message as one line without control characters: parts of it may come from a model, a server or a file name. */
function oneLine(message: string): string {
  return message
    .trim()
    .replaceAll(/\s*[\r\n]+\s*/g, ' ')
    .replaceAll(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '?')
}

function changeDirectory(folder: string | undefined): string {
  if (folder !== undefined) {
    try {
      process.chdir(folder)
    } catch (error) {
      throw new UsageError(`${folder}: ${reasonOf(error)}`)
    }
  }
  return process.cwd()
}

function makeEdge(name: string): Edge {
  const abort = new AbortController()
  const cleanUps = new Set<() => Promise<void> | void>()
  const stdout = new Output(1, 'standard output')
  const stderr = new Output(2, 'standard error')
  let loudness = { quiet: false, verbose: false }
  const say = (message: string) => void stderr.write(`${name}: ${oneLine(message)}\n`).catch(() => {})
  const progress = (message: string) => loudness.quiet || say(message)
  const io: Io = {
    env: process.env,
    cwd: process.cwd(),
    stdin: new Input(progress),
    stdout,
    stderr,
    progress,
    warn: progress,
    detail: (message) => loudness.verbose && say(message),
    ownProgram,
    signal: abort.signal,
    onInterrupt: (cleanUp) => {
      cleanUps.add(cleanUp)
      return () => cleanUps.delete(cleanUp)
    },
  }
  const interrupt = async (reason: Error) => {
    stdout.close()
    abort.abort(reason)
    await Promise.allSettled([...cleanUps].map(async (cleanUp) => cleanUp()))
  }
  return { io, setLoudness: (next) => (loudness = next), interrupt }
}

/** The launcher may have been reached through a link from a folder on PATH; its siblings lie where it really is. */
function ownProgram(name: string): { file: string; args: string[] } {
  const launcher = realpathSync(process.argv[1] ?? '')
  return { file: process.execPath, args: [join(dirname(launcher), name)] }
}

let interrupted = false

/**
 * The first signal lets the clean-ups finish, the second does not wait for them. Then the signal ends us for good, so that
 * a shell sees 128+n, and knows that a loop around us is meant to end too; `process.exit` could wait for ever for a thread
 * that still reads standard input.
 */
async function endByInterrupt(edge: Edge, signal: (typeof SIGNALS)[number]): Promise<void> {
  if (!interrupted) {
    interrupted = true
    await edge.interrupt(new CommandError(statusOfSignal(constants.signals[signal]), `ended by ${signal}`))
    await edge.io.stderr.flush()
  }
  process.removeAllListeners(signal)
  process.kill(process.pid, signal)
}
