import {
  childEnvironment,
  CommandError,
  ExitStatus,
  type Io,
  runProcess,
  UsageError,
  type WatchedResult,
} from '@loop-runner/cli-kit'
import { findStrayScore } from '@loop-runner/stage-protocol'
import type { Evaluate, Evaluation, NamedText } from './evaluator.ts'
import { meanEvaluation } from './mean-evaluation.ts'
import { readSaidScore } from './said-score.ts'

/** More than any score and its reasons; a program that floods us is broken. */
const MOST_OUTPUT_BYTES = 1 << 20
const MOST_LINES = 20

/**
 * The mean of what shell commands say of a text; undefined for an empty list. Each gets the text on standard input and
 * its name, where it has one, as `$1`. Its score is what it prints, or else its exit code: 0 is 1, any other 0.
 *
 * @param timeoutMs how long one may take
 * @throws UsageError for an empty command
 */
export function commandEvaluator(commands: readonly string[], timeoutMs: number, io: Io): Evaluate | undefined {
  if (commands.length === 0) return undefined
  // The shell takes it for a command that passes.
  if (commands.some((command) => command.trim() === '')) throw new UsageError('--command "": a command is expected')
  return async (text) => {
    const evaluations: Evaluation[] = []
    for (const command of commands) evaluations.push(await judge(command, text, timeoutMs, io))
    return meanEvaluation(evaluations)
  }
}

async function judge(command: string, text: NamedText, timeoutMs: number, io: Io): Promise<Evaluation> {
  const { status, output } = await runCommand(command, text, timeoutMs, io)
  const said = readSaidScore(output)
  if (said === undefined) refuseStrayScore(command, output)
  if (status === 0) return { score: said?.score ?? 1, deficiencies: [], remarks: said?.deficiencies ?? [] }
  const reasons = said?.deficiencies ?? firstLines(output)
  return {
    score: said?.score ?? 0,
    deficiencies: reasons.length > 0 ? reasons : [`"${command}" ended with exit code ${status}`],
  }
}

/** What a command said that gives no score: the lines that tell most, without drowning the rest. */
function firstLines(output: string): string[] {
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  const left = lines.length - MOST_LINES
  return left > 0 ? [...lines.slice(0, MOST_LINES), `… and ${left} more lines`] : lines
}

/**
 * Runs a command to its end.
 *
 * @throws CommandError (3) where it gave no verdict: not found, stopped by a signal or at the time limit, or flooding us
 */
async function runCommand(
  command: string,
  { name, text }: NamedText,
  timeoutMs: number,
  io: Io,
): Promise<{ status: number; output: string }> {
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  const result = await runProcess(
    {
      file: 'sh',
      args: ['-c', command, 'sh', ...(name === '' ? [] : [name])],
      cwd: io.cwd,
      env: childEnvironment(io.env),
      stdin: text,
      stdout: (chunk) => stdout.push(chunk),
      stderr: keepBeginning(stderr),
      maxStdoutBytes: MOST_OUTPUT_BYTES,
      timeoutMs,
    },
    io,
  )
  // Led in by our name, so that no line of it can be taken for a score of ours.
  for (const line of Buffer.concat(stderr).toString().split('\n'))
    if (line.trim() !== '') io.warn(`${command}: ${line}`)
  const obstacle = obstacleOf(result, timeoutMs)
  if (obstacle !== undefined) throw noVerdict(command, obstacle)
  return { status: result.status, output: Buffer.concat(stdout).toString() }
}

/** @throws CommandError (3) for a score outside 0 to 1: it may mean much or little */
function refuseStrayScore(command: string, output: string): void {
  const stray = findStrayScore(output)
  if (stray !== undefined) throw noVerdict(command, `"${stray}" is no score from 0 to 1 (70% and 7/10 are)`)
}

function noVerdict(command: string, obstacle: string): CommandError {
  return new CommandError(ExitStatus.Failed, `--command ${command}: ${obstacle}`)
}

/** Keeps what comes until it is too much to be shown. */
function keepBeginning(chunks: Buffer[]): (chunk: Buffer) => void {
  let length = 0
  return (chunk) => {
    length += chunk.length
    if (length <= MOST_OUTPUT_BYTES) chunks.push(chunk)
  }
}

/** Why a command's end is no verdict on the text. */
function obstacleOf(result: WatchedResult, timeoutMs: number): string | undefined {
  if (result.flooded) return `printed more than ${MOST_OUTPUT_BYTES} bytes`
  if (result.timedOut) return `stopped after ${timeoutMs / 1000} s (--timeout gives it more)`
  if (result.signal !== undefined) return `ended by ${result.signal}`
  if (result.status === 127) return 'not found'
  return result.status === 126 ? 'not executable' : undefined
}
