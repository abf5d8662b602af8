import { randomUUID } from 'node:crypto'
import { basename, delimiter, resolve } from 'node:path'
import { type Io, type ProcessResult, runProcess, signalOfStatus, stopMarked } from '@loop-runner/cli-kit'
import { environmentOf } from './check-environment.ts'
import {
  Capture,
  defaultTimeoutMs,
  type Plan,
  rawText,
  type ReportRequest,
  type ReportState,
  runBuiltIn,
  type Started,
  startErrorOf,
} from '@loop-runner/checkers'
import type { Confinement } from '@loop-runner/sandbox'

/** The variable by which the processes of a run are known: systemd's name for the same, so that code under test cannot tell a check by it. */
const RUN_VARIABLE = 'INVOCATION_ID'

/** How checks are started. */
export interface StartOptions {
  /** Undefined: the default for the kind of check. */
  readonly timeoutMs: number | undefined
  readonly env: NodeJS.ProcessEnv
  /** Names of variables that checks see as they are. */
  readonly passEnv: readonly string[]
  readonly confinement: Confinement
}

type Out = (chunk: Buffer) => void

/** How a check ended, with its output. */
export interface Printed {
  readonly result: ProcessResult
  readonly stdout: string
  readonly stderr: string
  /** The test runner's own report; undefined if it was not asked for one. */
  readonly report?: ReportState | undefined
}

/** Starts a planned run, waits for its end, and stops whatever it leaves behind. */
export async function startPlan(plan: Plan, options: StartOptions, io: Io): Promise<Printed> {
  if (plan.builtIn) {
    const { status, stdout, stderr } = await runBuiltIn(plan.builtIn, plan.files, io.cwd)
    return { result: { status, signal: undefined, timedOut: false, startError: undefined }, stdout, stderr }
  }
  const [program = ''] = plan.argv
  const folder = resolve(io.cwd, plan.folder)
  const startError = startErrorOf(program, folder, options.env)
  return startError === undefined ? startProcess(plan, options, io) : notStarted(program, startError)
}

async function startProcess(plan: Plan, options: StartOptions, io: Io): Promise<Printed> {
  const folder = resolve(io.cwd, plan.folder)
  const stdout = new Capture()
  const stderr = new Capture()
  const timeoutMs = plan.timeoutMs ?? options.timeoutMs ?? defaultTimeoutMs(plan)
  const mark = randomUUID().replaceAll('-', '')
  const usual = {
    argv: plan.argv,
    cwd: folder,
    env: {
      ...ownVariables(plan, timeoutMs),
      ...environmentOf(plan, options.env, options.passEnv),
      ...pathVariables(plan, io.cwd, options.env),
    },
  }
  const asked = await askFor(plan, usual)
  const { argv, env } = asked?.started ?? usual
  const start = (words: readonly string[], out: Out, error: Out) => {
    const confined = options.confinement.confine(words, plan.folder, timeoutMs, asked?.folder)
    const all = { ...env, [RUN_VARIABLE]: mark }
    return runProcess({ ...confined, cwd: folder, env: all, stdout: out, stderr: error, timeoutMs }, io)
  }
  const { holdsAll } = options.confinement
  const forget = io.onInterrupt(async () => void (await stopMarked(RUN_VARIABLE, mark)))
  const into = (capture: Capture) => (chunk: Buffer) => capture.push(chunk)
  const result = await start(argv, into(stdout), into(stderr))
  if (asked && result.status === 0) await asked.confirm?.((words, out) => start(words, out, () => {}))
  forget()
  if (!holdsAll) await stopLeftovers(plan, mark, io)
  const printed = { stdout: rawText(stdout.end()), stderr: rawText(stderr.end()) }
  return { result: holdsAll ? withSignal(result) : result, ...withReport(printed, asked) }
}

function withReport(
  { stdout, stderr }: Pick<Printed, 'stdout' | 'stderr'>,
  asked: ReportRequest | undefined,
): Omit<Printed, 'result'> {
  if (!asked) return { stdout, stderr }
  const report = asked.read()
  asked.remove()
  return { stdout: withoutLinesOn(asked.folder, stdout), stderr: withoutLinesOn(asked.folder, stderr), report }
}

async function askFor({ checker }: Plan, started: Started): Promise<ReportRequest | undefined> {
  if (checker?.report === undefined) return undefined
  const { askForReport } = await import('@loop-runner/checkers/test-reports/ask-for-report')
  return askForReport(checker.report, started)
}

/** Output about a report that the user has not requested is removed. */
function withoutLinesOn(folder: string, text: string): string {
  const name = basename(folder)
  if (!text.includes(name)) return text
  const frames = new RegExp(`^ *File "[^"\\n]*${name}/[^"\\n]*", line .*\\n(?:    .*\\n)*`, 'gm')
  const lines = text
    .replace(frames, '')
    .split('\n')
    .filter((line) => !(line.includes(name) && REPORT_LINE.test(line)))
  return lines.join('\n').replaceAll(folder, '/tmp/…')
}

/** Of pytest, Jest and Vitest. */
const REPORT_LINE = /generated xml file: |^Test results written to: |report written to /

/** For who has quoted a whole command line. */
const ASKS_FOR_WORDS = " (give its words one by one, or let a shell read it: sh -c '…')"

function notStarted(program: string, startError: 'ENOENT' | 'EACCES'): Printed {
  const missing = startError === 'ENOENT'
  const result = { status: missing ? 127 : 126, signal: undefined, timedOut: false, startError }
  const why = missing ? `not found${/\s/.test(program) ? ASKS_FOR_WORDS : ''}` : 'not executable'
  return { result, stdout: '', stderr: `lr-check: ${program}: ${why}\n` }
}

/** The sandbox reports a signal as the exit code that a shell would use. */
function withSignal(result: ProcessResult): ProcessResult {
  const signal = result.timedOut ? undefined : signalOfStatus(result.status)
  return { ...result, signal: result.signal ?? signal }
}

/**
 * Processes that left the process group of a run are also stopped, and named: without a sandbox they could have hidden
 * better.
 */
async function stopLeftovers({ argv: [program] }: Plan, mark: string, io: Io): Promise<void> {
  const names = await stopMarked(RUN_VARIABLE, mark)
  if (names.length > 0) io.warn(`${program}: stopped processes that it left running: ${names.join(', ')}`)
}

/** Puts the working directory in front of the variable, for commands that lr-check composes. */
function pathVariables({ checker, isComposed }: Plan, cwd: string, env: NodeJS.ProcessEnv): Record<string, string> {
  const name = checker?.pathVariable
  if (name === undefined || !isComposed) return {}
  return { [name]: [cwd, env[name] ?? ''].filter((place) => place !== '').join(delimiter) }
}

/** The variables that the checker's data ask for. */
function ownVariables({ checker }: Plan, timeoutMs: number): Record<string, string> {
  const soon = String((timeoutMs * 0.8) / 1000)
  const variables = Object.entries(checker?.environment ?? {})
  return Object.fromEntries(variables.map(([name, value]) => [name, value.replaceAll('{soon}', soon)]))
}
