import { randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import { constants } from 'node:os'
import { resolve } from 'node:path'
import { type Io, type ProcessResult, runProcess, stopMarked } from '@loop-runner/cli-kit'
import type { Confinement } from './confinement/confinement.ts'
import { runBuiltIn } from './built-in/run-built-in.ts'
import { Capture } from './evidence/capture.ts'
import { plainText } from './evidence/plain-text.ts'
import { maskText } from './evidence/mask.ts'
import { rawText, shapeText } from './evidence/shape.ts'
import type { Finding } from './findings/finding.ts'
import { readFindings } from './findings/read-findings.ts'
import { startErrorOf } from './find-program.ts'
import { type Ended, judge } from './judge.ts'
import { type Outcome } from './outcome.ts'
import { defaultTimeoutMs, type Plan } from './plan.ts'
import { type Score, scoreOf } from './score.ts'

export interface RunOptions {
  /** Undefined: what the kind of check is given. */
  readonly timeoutMs: number | undefined
  readonly raw: boolean
  /** Whether findings are read from what a check prints. */
  readonly findings: boolean
  readonly env: NodeJS.ProcessEnv
  readonly confinement: Confinement
}

/** A run as it is reported. */
export interface Run {
  readonly plan: Plan
  readonly status: number
  readonly outcome: Outcome
  readonly stdout: string
  readonly stderr: string
  /** Undefined for a fixer. */
  readonly score: Score | undefined
  /** Undefined where nobody asked for them. */
  readonly findings: readonly Finding[] | undefined
}

/** The variable by which the processes of a run are known. */
const RUN_VARIABLE = 'LR_CHECK_RUN'

/** Makes a planned run and judges it. */
export async function runPlan(plan: Plan, options: RunOptions, io: Io): Promise<Run> {
  if (plan.obstacle) return notRun(plan, plan.obstacle)
  const { result, stdout, stderr } = await runAndCapture(plan, options, io)
  const ended: Ended = { argv: plan.argv, result, stdout: plainText(stdout), stderr: plainText(stderr) }
  const outcome = judge(ended, plan.checker)
  const shape = (text: string) => shapeText(text, io.cwd, plan.checker)
  return {
    plan,
    status: result.status,
    outcome,
    stdout: options.raw ? stdout : shape(ended.stdout),
    stderr: options.raw ? stderr : shape(ended.stderr),
    score: scoreOf(ended, outcome, plan.checker),
    findings: options.findings ? findingsOf(ended, plan, io.cwd) : undefined,
  }
}

function notRun(plan: Plan, { outcome, message }: NonNullable<Plan['obstacle']>): Run {
  const status = outcome === 'missing' ? 127 : 0
  return {
    plan,
    status,
    outcome,
    stdout: '',
    stderr: message,
    score: { value: 0, deficiencies: [] },
    findings: undefined,
  }
}

interface Printed {
  readonly result: ProcessResult
  readonly stdout: string
  readonly stderr: string
}

async function runAndCapture(plan: Plan, options: RunOptions, io: Io): Promise<Printed> {
  if (plan.checker?.builtIn) {
    const stdout = await runBuiltIn(plan.argv, plan.files, io.cwd)
    const status = stdout === '' ? 0 : 1
    return { result: { status, signal: undefined, timedOut: false, startError: undefined }, stdout, stderr: '' }
  }
  const [program = ''] = plan.argv
  const folder = resolve(io.cwd, plan.folder)
  const startError = startErrorOf(program, folder, options.env)
  if (startError !== undefined) return notStarted(program, startError)
  const stdout = new Capture()
  const stderr = new Capture()
  const timeoutMs = options.timeoutMs ?? plan.timeoutMs ?? defaultTimeoutMs(plan)
  const mark = randomUUID()
  const request = {
    ...options.confinement.confine(plan.argv, plan.folder, timeoutMs),
    cwd: folder,
    env: { ...ownVariables(plan, timeoutMs), ...options.env, [RUN_VARIABLE]: mark },
    stdout: (chunk: Buffer) => stdout.push(chunk),
    stderr: (chunk: Buffer) => stderr.push(chunk),
    timeoutMs,
  }
  const { holdsAll } = options.confinement
  const forget = io.onInterrupt(async () => void (await stopMarked(RUN_VARIABLE, mark)))
  const result = await runProcess(request, io)
  forget()
  if (!holdsAll) await stopLeftovers(program, mark, io)
  return {
    result: holdsAll ? withSignal(result) : result,
    stdout: rawText(stdout.end()),
    stderr: rawText(stderr.end()),
  }
}

function notStarted(program: string, startError: 'ENOENT' | 'EACCES'): Printed {
  const missing = startError === 'ENOENT'
  const result = { status: missing ? 127 : 126, signal: undefined, timedOut: false, startError }
  return { result, stdout: '', stderr: `lr-check: ${program}: ${missing ? 'not found' : 'not executable'}\n` }
}

/** The sandbox tells a signal by the status that a shell would give. */
function withSignal(result: ProcessResult): ProcessResult {
  const number = result.status - 128
  const names = Object.keys(constants.signals) as NodeJS.Signals[]
  const signal = result.timedOut ? undefined : names.find((name) => constants.signals[name] === number)
  return { ...result, signal: result.signal ?? signal }
}

/** What left the process group of a run is stopped too, and named: without a sandbox it could have hidden better. */
async function stopLeftovers(program: string, mark: string, io: Io): Promise<void> {
  const names = await stopMarked(RUN_VARIABLE, mark)
  if (names.length > 0) io.warn(`${program}: left running, and stopped: ${names.join(', ')}`)
}

function findingsOf(ended: Ended, { checker, folder }: Plan, cwd: string): Finding[] {
  const isFile = (path: string) => statSync(resolve(cwd, path), { throwIfNoEntry: false })?.isFile() === true
  const found = readFindings(ended, checker, { cwd, folder, isFile })
  const masked = (text: string) => maskText(text, cwd, checker?.masks)
  return found.map((finding) => ({ ...finding, code: masked(finding.code), message: masked(finding.message) }))
}

/** The variables that the checker's data ask for. */
function ownVariables({ checker }: Plan, timeoutMs: number): Record<string, string> {
  const soon = String((timeoutMs * 0.8) / 1000)
  const variables = Object.entries(checker?.environment ?? {})
  return Object.fromEntries(variables.map(([name, value]) => [name, value.replaceAll('{soon}', soon)]))
}
