import { parseStream } from '@loop-runner/block-format'
import { contentIn, type Role, ROLE, type RunParts, runsIn } from '@loop-runner/stage-protocol'
import type { CheckOptions } from './check-options.ts'
import { optionArguments } from './option-arguments.ts'
import { operands, ProgramFailure, type ProgramOptions, runProgram } from './run-program.ts'

/** What is checked: every option of `lr-check`, in camel case, and where it works. */
export interface RunCheckOptions extends CheckOptions, ProgramOptions {
  readonly sources?: readonly string[]
  /** The check command with its arguments; no shell reads it. Default: the checks of lr.yaml, or the checkers that fit. */
  readonly checkCommand?: readonly string[]
}

/** One run of a checker or a command. */
export interface CheckRun {
  readonly command: string
  readonly outcome: 'pass' | 'fail' | 'error' | 'missing' | 'timeout' | 'killed' | 'none' | (string & {})
  /** Its exit code; undefined if it did not run. */
  readonly status: number | undefined
  /** From 0 to 1. */
  readonly score: number | undefined
  readonly stdout: string
  readonly stderr: string
}

export interface CheckResult {
  /** 0 all pass, 1 something fails, 3 inconclusive: a checker is missing or broken, or nothing was checked. */
  readonly status: number
  readonly passed: boolean
  readonly runs: readonly CheckRun[]
  /** What `lr-check` printed: sources and runs as blocks, for a prompt. */
  readonly stream: string
}

/**
 * Runs a check once.
 *
 * @throws ProgramFailure if the options are wrong or it was interrupted
 */
export async function check(options: RunCheckOptions): Promise<CheckResult> {
  const { cwd: _cwd, env: _env, signal: _signal, sources = [], checkCommand, ...rest } = options
  const command = checkCommand === undefined ? [] : ['--', ...checkCommand]
  const args = [...optionArguments(rest), ...operands(sources), ...command]
  const { status, stdout, stderr } = await runProgram('lr-check', args, '', options)
  if (![0, 1, 3].includes(status)) throw new ProgramFailure(status, stderr.trim().split('\n').at(-1) ?? '')
  return { status, passed: status === 0, runs: runsIn(parseStream(stdout)).map(checkRun), stream: stdout }
}

function checkRun(run: RunParts): CheckRun {
  const number = (role: Role) => {
    const value = Number.parseFloat(contentIn(run, role) ?? '')
    return Number.isNaN(value) ? undefined : value
  }
  return {
    command: run.command.trimEnd(),
    outcome: contentIn(run, ROLE.outcome)?.trimEnd() ?? 'none',
    status: number(ROLE.status),
    score: number(ROLE.score),
    stdout: contentIn(run, ROLE.stdout) ?? '',
    stderr: contentIn(run, ROLE.stderr) ?? '',
  }
}
