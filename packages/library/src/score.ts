import { writeStream } from '@loop-runner/block-format'
import { optionArguments } from './option-arguments.ts'
import { type ProgramOptions, requireResult, runProgram } from './run-program.ts'
import type { ScoreOptions } from './score-options.ts'

/** The requirements of a text: every option of `lr-score`, in camel case, and where it works. */
export interface RunScoreOptions extends ScoreOptions, ProgramOptions {}

/** As `lr-score --format json` prints it. */
export interface ScoreResult {
  /** 0 the text passes, 1 it does not. */
  readonly status: number
  /** From 0 to 1. */
  readonly score: number
  readonly passed: boolean
  /** What is missing, one requirement each. */
  readonly missing: readonly string[]
  /** By evaluator. */
  readonly scores: Readonly<Record<string, number>>
}

/**
 * Scores a text by requirements.
 *
 * @throws ProgramFailure if the options are wrong, or a command fails
 */
export async function score(text: string, options: RunScoreOptions): Promise<ScoreResult> {
  const { cwd: _cwd, env: _env, signal: _signal, ...rest } = options
  // In a block of its own, since a text may look like a stream.
  const input = writeStream([{ name: NAME, content: text }])
  const ran = await runProgram('lr-score', [...optionArguments(rest), '--format=json'], input, options)
  const result = JSON.parse(requireResult(ran, [0, 1])) as Omit<ScoreResult, 'status'>
  const missing = result.missing.map((line) => (line.startsWith(`${NAME}: `) ? line.slice(NAME.length + 2) : line))
  return { status: ran.status, ...result, missing }
}

const NAME = 'text.txt'
