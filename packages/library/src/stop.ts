import { optionArguments } from './option-arguments.ts'
import { type ProgramOptions, requireResult, runProgram } from './run-program.ts'
import type { StopOptions } from './stop-options.ts'

/** When a loop ends: every option of `lr-stop`, in camel case, and where it works. */
export interface RunStopOptions extends StopOptions, ProgramOptions {}

/** A round of a loop, as `lr-stop` reads it: `score` or `passed` is required. */
export interface StopRound {
  /** From 0 to 1. */
  readonly score?: number
  readonly passed?: boolean
  readonly iteration?: number
  readonly reply?: 'changed' | 'unchanged' | 'rejected' | 'nothing' | 'asked' | 'blocked' | 'incomplete' | null
  readonly declared?: boolean
  readonly tree?: string
  readonly output?: string
  readonly failure?: string
  readonly seconds?: number
  readonly tokens?: number | null
  /** In US dollars. */
  readonly cost?: number | null
}

export interface StopResult {
  /** 0 stop, 1 go on. */
  readonly status: number
  readonly stop: boolean
  /** `passed`, `plateau`, `iterations` … */
  readonly reason: string | null
  /** The best round, from 1; 0 is the state before the first. */
  readonly best: { readonly iteration: number; readonly score: number }
  readonly scores: readonly number[]
}

/**
 * Decides whether a loop of your own goes on, by the rules of `lr-loop`.
 *
 * @param rounds all so far, oldest first
 * @throws ProgramFailure if the options or a round are wrong
 */
export async function stop(rounds: readonly StopRound[], options: RunStopOptions): Promise<StopResult> {
  const { cwd: _cwd, env: _env, signal: _signal, ...rest } = options
  const input = rounds.map((round) => `${JSON.stringify(round)}\n`).join('')
  const ran = await runProgram('lr-stop', [...optionArguments(rest), '--json'], input, options)
  return { status: ran.status, ...(JSON.parse(requireResult(ran, [0, 1])) as Omit<StopResult, 'status'>) }
}
