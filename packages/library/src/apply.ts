import type { ApplyOptions } from './apply-options.ts'
import { optionArguments } from './option-arguments.ts'
import { operands, type ProgramOptions, requireResult, runProgram } from './run-program.ts'

/** How a reply is applied: every option of `lr-apply`, in camel case, and where it works. */
export interface RunApplyOptions extends ApplyOptions, ProgramOptions {
  /** The files and folders that may change; without them, anything in the folder that is not protected. */
  readonly paths?: readonly string[]
}

/** What became of a reply, as `lr-apply --json` prints it. Newer versions may add fields. */
export interface ApplyResult {
  /** 0 something changed, 1 nothing did. */
  readonly status: number
  readonly changed: readonly string[]
  readonly unchanged: readonly string[]
  /** What was refused, with its reason and a code. */
  readonly rejected: readonly unknown[]
  readonly explanation?: string
  /** With `dryRun`. */
  readonly diff?: string
  readonly [key: string]: unknown
}

/**
 * Writes the new versions in a model's reply, all of them or none; with `undo`, takes the last reply back.
 *
 * @throws ProgramFailure if the options are wrong or a file cannot be written
 */
export async function apply(reply: string, options: RunApplyOptions = {}): Promise<ApplyResult> {
  const { cwd: _cwd, env: _env, signal: _signal, paths = [], ...rest } = options
  const ran = await runProgram('lr-apply', [...optionArguments(rest), '--json', ...operands(paths)], reply, options)
  return { ...(JSON.parse(requireResult(ran, [0, 1])) as ApplyResult), status: ran.status }
}
