import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Io, type ProcessResult, runProcess } from '@loop-runner/cli-kit'
import { runBuiltIn } from './built-in/run-built-in.ts'
import { Capture } from './evidence/capture.ts'
import { plainText } from './evidence/plain-text.ts'
import { rawText, shapeText } from './evidence/shape.ts'
import type { Finding } from './findings/finding.ts'
import { readFindings } from './findings/read-findings.ts'
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
}

/** A run as it is reported. */
export interface Run {
  readonly plan: Plan
  readonly status: number
  readonly outcome: Outcome
  readonly stdout: string
  readonly stderr: string
  readonly score: Score
  /** Undefined where nobody asked for them. */
  readonly findings: readonly Finding[] | undefined
}

const NOT_STARTED: ProcessResult = { status: 127, signal: undefined, timedOut: false, startError: 'ENOENT' }

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
  const status = outcome === 'missing' ? NOT_STARTED.status : 0
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

/** Why a program could not be started. */
const startErrors: Readonly<Record<string, string>> = {
  E2BIG: 'too many arguments',
  EACCES: 'not executable',
  ENOENT: 'not found',
  ENOTDIR: 'not found',
}

interface Printed {
  readonly result: ProcessResult
  readonly stdout: string
  readonly stderr: string
}

async function runAndCapture(plan: Plan, options: RunOptions, io: Io): Promise<Printed> {
  if (plan.checker?.builtIn) {
    const stdout = await runBuiltIn(plan.argv, plan.files, io.cwd)
    return { result: { ...NOT_STARTED, status: stdout === '' ? 0 : 1, startError: undefined }, stdout, stderr: '' }
  }
  const [file = '', ...args] = plan.argv
  const timeoutMs = options.timeoutMs ?? plan.timeoutMs ?? defaultTimeoutMs(plan)
  const stdout = new Capture()
  const stderr = new Capture()
  const request = {
    file: plan.folder !== '.' && file.includes('/') ? resolve(io.cwd, file) : file,
    args,
    cwd: resolve(io.cwd, plan.folder),
    env: { ...ownVariables(plan, timeoutMs), ...options.env },
    stdout: (chunk: Buffer) => stdout.push(chunk),
    stderr: (chunk: Buffer) => stderr.push(chunk),
    timeoutMs,
  }
  const result = await runProcess(request, io)
  const complaint =
    result.startError === undefined ? '' : `lr-check: ${file}: ${startErrors[result.startError] ?? result.startError}\n`
  return { result, stdout: rawText(stdout.end()), stderr: rawText(stderr.end()) + complaint }
}

function findingsOf(ended: Ended, { checker, folder }: Plan, cwd: string): Finding[] {
  const isFile = (path: string) => statSync(resolve(cwd, path), { throwIfNoEntry: false })?.isFile() === true
  return readFindings(ended, checker, { cwd, folder, isFile })
}

/** The variables that the checker's data ask for. */
function ownVariables({ checker }: Plan, timeoutMs: number): Record<string, string> {
  const soon = String((timeoutMs * 0.8) / 1000)
  const variables = Object.entries(checker?.environment ?? {})
  return Object.fromEntries(variables.map(([name, value]) => [name, value.replaceAll('{soon}', soon)]))
}
