import { realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { BrokenPipe, CommandError, reasonOf, UsageError } from './command-error.ts'
import { ExitStatus } from './exit-status.ts'
import { Input } from './streams/input.ts'
import { Interrupts } from './interrupts.ts'
import type { Io } from './io.ts'
import { Output } from './streams/output.ts'
import { paint, type Style } from './streams/paint.ts'
import { visibleText } from './streams/visible-text.ts'
import type { Program } from './program.ts'
import { prepareCall } from './prepare-call.ts'
import { asFailure } from './system-failure.ts'

/** An Io, and how loud it is to be. */
interface Edge {
  readonly io: Io
  readonly setLoudness: (loudness: { quiet: boolean; verbose: boolean }) => void
}

/**
 * Runs a program from its command line to its exit code. The only code that touches `process`: it owns the streams,
 * the signals and the one line that an error is.
 */
export async function runProgram(program: Program): Promise<void> {
  const edge = makeEdge(program.name)
  // Where nothing is left to wait for, Node ends with 0 although the command has not come to its end.
  process.exitCode = ExitStatus.Bug
  process.once('beforeExit', () => void edge.io.stderr.write(`${program.name}: bug: ended before the work was done\n`))
  const status = await runCommand(program, edge)
  // Lines of progress are not awaited as they are written. Once they are out, nothing is cut off by the exit, and handles that
  // are still open do not keep us alive.
  await edge.io.stderr.flush()
  process.exit(status)
}

async function runCommand(program: Program, { io, setLoudness }: Edge): Promise<number> {
  try {
    const prepared = await prepareCall(program, process.argv.slice(2), io)
    if ('print' in prepared) {
      await io.stdout.write(visibleText(prepared.print))
      return ExitStatus.Yes
    }
    setLoudness(prepared.call.options)
    changeDirectory(prepared.call.options.directory)
    await program.prepare?.(io)
    return await prepared.command.run(prepared.call as never, io)
  } catch (error) {
    return report(program.name, io, error)
  }
}

async function report(name: string, io: Io, thrown: unknown): Promise<number> {
  const error = asFailure(thrown)
  if (error instanceof BrokenPipe) return error.status
  const known = error instanceof CommandError
  const text = known ? `${name}: ${oneLine(error.message)}\n` : `${name}: bug: ${stackOf(error)}\n`
  await io.stderr.write(text).catch(() => {})
  return known ? error.status : ExitStatus.Bug
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/** A message as one line of visible text: parts of it may come from a model, a server or a file name. */
function oneLine(message: string): string {
  return visibleText(message.trim().replaceAll(/\s*[\r\n]+\s*/g, ' '))
}

function currentFolder(): string {
  try {
    return process.cwd()
  } catch (error) {
    throw new UsageError(`working directory: ${reasonOf(error)} (change to an existing one)`)
  }
}

function changeDirectory(folder: string | undefined): void {
  if (folder === undefined) return
  try {
    process.chdir(folder)
  } catch (error) {
    throw new UsageError(`${folder}: ${reasonOf(error)}`)
  }
}

function makeEdge(name: string): Edge {
  const mayBlock = () => !interrupts.areServed
  const stdout = new Output(1, 'standard output', mayBlock)
  const stderr = new Output(2, 'standard error', mayBlock)
  const interrupts = new Interrupts(
    () => stdout.close(),
    () => stderr.flush(),
  )
  let loudness = { quiet: false, verbose: false }
  const say = (message: string, style?: Style) => {
    const line = oneLine(message)
    const shown = style === undefined ? line : paint(style, line, stderr, process.env)
    void stderr.write(`${name}: ${shown}\n`).catch(() => {})
  }
  const progress = (message: string, style?: Style) => loudness.quiet || say(message, style)
  const sayNow = async (message: string) => {
    progress(message)
    await stderr.flush()
  }
  const io: Io = {
    env: process.env,
    get cwd() {
      return currentFolder()
    },
    stdin: new Input(sayNow, mayBlock),
    stdout,
    stderr,
    progress,
    warn: progress,
    detail: (message) => loudness.verbose && say(message),
    ownProgram,
    get signal() {
      return interrupts.signal
    },
    onInterrupt: (cleanUp) => interrupts.register(cleanUp),
    interceptCtrlC: (handle) => interrupts.intercept(handle),
    makeLineEditor: async (recalled) => {
      const { makeLineEditor } = await import('./streams/line-editor.ts')
      return makeLineEditor(recalled)
    },
  }
  return { io, setLoudness: (next) => (loudness = next) }
}

/** The launcher may have been reached through a link from a folder on PATH; its siblings lie where it really is. */
function ownProgram(name: string): { file: string; args: string[] } {
  const launcher = realpathSync(process.argv[1] ?? '')
  return { file: process.execPath, args: [join(dirname(launcher), name)] }
}
