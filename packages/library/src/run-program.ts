import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { currentEnvironment } from '@loop-runner/cli-kit'
import { execa } from 'execa'

/** Where a program runs. */
export interface ProgramOptions {
  /** The folder to work in; the current one by default. */
  readonly cwd?: string
  /** Added to the environment of this process, such as a provider's key. */
  readonly env?: Readonly<Record<string, string>>
  /** Ends the program as an interrupt does. */
  readonly signal?: AbortSignal
}

/** A program ended without a result: the options are wrong, it could not do its work, or it was interrupted. */
export class ProgramFailure extends Error {
  override readonly name: string = 'ProgramFailure'
  /** The exit code; 128+n if signal n ended it. */
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** What a program printed, and its exit code. */
export interface Ran {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/**
 * Runs a program of the suite to its end.
 *
 * @throws ProgramFailure if it is interrupted
 */
export async function runProgram(
  name: string,
  args: readonly string[],
  input: string,
  { cwd, env, signal }: ProgramOptions,
): Promise<Ran> {
  if (signal?.aborted) throw new ProgramFailure(130, `${name}: interrupted`)
  const problem = problemOf(name, args)
  if (problem !== undefined) throw new ProgramFailure(2, problem)
  const child = execa(currentEnvironment().execPath, [launcherOf(name), ...args], {
    ...(cwd === undefined ? {} : { cwd }),
    ...(env === undefined ? {} : { env }),
    input,
    reject: false,
    stripFinalNewline: false,
    maxBuffer: Infinity,
  })
  const abort = () => void child.kill('SIGINT')
  signal?.addEventListener('abort', abort, { once: true })
  const { exitCode, stdout, stderr, code } = await child
  signal?.removeEventListener('abort', abort)
  if (exitCode === undefined) throw new ProgramFailure(...failureOf(name, code, cwd))
  return { status: exitCode, stdout, stderr }
}

/** What is wrong with arguments that cannot be handed to any program. */
export function problemOf(name: string, args: readonly string[]): string | undefined {
  const odd = args.find((argument) => argument.includes('\0'))
  return odd === undefined ? undefined : `${name}: ${JSON.stringify(odd)}: contains a NUL character`
}

/** The exit code and the message of a program that did not start, or that a signal ended. */
export function failureOf(name: string, code: string | undefined, cwd: string | undefined): [number, string] {
  if (code === undefined) return [130, `${name}: interrupted`]
  if (cwd !== undefined && !isFolder(cwd)) return [2, `${name}: cwd: ${cwd}: not a folder`]
  return [3, `${name}: not started: ${code}`]
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

/** @throws ProgramFailure for an exit code that is not a result */
export function requireResult({ status, stdout, stderr }: Ran, results: readonly number[]): string {
  if (results.includes(status)) return stdout
  throw new ProgramFailure(status, stderr.trim().split('\n').at(-1) ?? '')
}

/** Paths as operands: none is taken for an option or a command. */
export function operands(paths: readonly string[]): string[] {
  return paths.map((path) => (/^[^-/.]+$|^-/.test(path) ? `./${path}` : path))
}

/** `bin/NAME` of the package or the checkout that this module is part of. */
export function launcherOf(name: string): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, 'bin', name)
    if (existsSync(file)) return file
  }
  throw new ProgramFailure(127, `bin/${name}: not found beside the library (install loop-runner again)`)
}
