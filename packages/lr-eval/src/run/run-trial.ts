import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CommandError, ExitStatus, type Io, runGit, runText } from '@loop-runner/cli-kit'
import * as z from 'zod/mini'
import type { TrialKey, TrialResult, Verdict } from '../trial-result.ts'
import { type CaseFolder, copyRepository } from './case-folder.ts'
import { checkHidden, type HiddenVerdict } from './check-hidden.ts'
import { errorOf } from './error-of.ts'
import { readRun } from './read-run.ts'

/** The parts of the summary of `lr-loop --json` that a trial reports. */
const Summary = z.object({
  reason: z.string(),
  error: z.optional(z.nullable(z.string())),
  scores: z.array(z.number()),
  usage: z.object({ calls: z.number(), tokens: z.number(), cost: z.optional(z.nullable(z.number())) }),
})
type Summary = z.infer<typeof Summary>

const NO_SUMMARY: Summary = { reason: 'error', scores: [], usage: { calls: 0, tokens: 0, cost: 0 } }

interface LoopEnd {
  readonly exitCode: number
  readonly summary: Summary
  readonly message: string | null
}

/** A trial, and what every trial of its case shares. */
export interface TrialRequest {
  readonly key: TrialKey
  readonly folder: CaseFolder
  /** Overrides the check command of the case. */
  readonly check: readonly string[] | undefined
}

/**
 * Lets lr-loop work on a copy of the case, then makes the hidden check on a copy of what it left behind. Nothing of either
 * is kept; the user's own runs and history are not touched.
 *
 * @throws CommandError (3) if the case cannot be copied
 */
export async function runTrial(request: TrialRequest, io: Io): Promise<TrialResult> {
  const place = mkdtempSync(join(tmpdir(), 'lr-eval-'))
  const trial = makeTrial(request, place, io).finally(() => rmSync(place, { recursive: true, force: true }))
  // An interrupted lr-loop still puts its files in order; they are removed after that.
  const ended = Promise.allSettled([trial])
  const forget = io.onInterrupt(async () => void (await ended))
  await ended
  // The signal ends this program: no result, and no further trial.
  if (io.signal.aborted) return new Promise(() => {})
  forget()
  return trial
}

async function makeTrial({ key, folder, check }: TrialRequest, place: string, io: Io): Promise<TrialResult> {
  const trial = { tree: join(place, 'tree'), run: join(place, 'run'), io: ioOfTrial(place, io) }
  copyRepository(folder, trial.tree)
  const hasGit = await makeRepository(trial)
  const startedAt = Date.now()
  const words = [...optionWords(key.options), ...(hasGit ? [] : ['--no-git'])]
  const command = check === undefined ? [] : ['--', ...check]
  const end = await runLoop(trial, ['--json', '--run-dir', trial.run, ...words, ...command])
  const seconds = (Date.now() - startedAt) / 1000
  const copy = `${trial.run}-hidden`
  const hidden =
    end.exitCode === ExitStatus.Yes ? await checkHidden(folder, { tree: trial.tree, copy, check }, trial.io) : undefined
  return resultOf(key, end, { hidden, seconds, run: trial.run })
}

interface Trial {
  readonly tree: string
  readonly run: string
  readonly io: Io
}

/** A state folder of its own: trials leave nothing in the user's list of runs. */
function ioOfTrial(place: string, io: Io): Io {
  return { ...io, env: { ...io.env, XDG_STATE_HOME: join(place, 'state') } }
}

function optionWords(options: TrialKey['options']): string[] {
  return Object.entries(options).map(([name, value]) => (value === 'true' ? `--${name}` : `--${name}=${value}`))
}

const NO_GIT = 127
const GIT_COMMANDS = [
  ['init', '-q'],
  ['config', 'user.name', 'lr-eval'],
  ['config', 'user.email', 'lr-eval@localhost'],
  ['add', '-A'],
  ['commit', '-q', '--allow-empty', '-m', 'case'],
]

/** @returns false if there is no git program; the loop then works without a repository */
async function makeRepository({ tree, io }: Trial): Promise<boolean> {
  for (const args of GIT_COMMANDS) {
    const { status, stderr } = await runGit({ args, cwd: tree, env: io.env }, io)
    if (status === NO_GIT) return false
    if (status !== 0) throw new CommandError(ExitStatus.Failed, `git ${args[0]}: ${errorOf(stderr)}`)
  }
  return true
}

async function runLoop({ tree, io }: Trial, args: readonly string[]): Promise<LoopEnd> {
  const { file, args: first } = io.ownProgram('lr-loop')
  const { status, stdout, stderr } = await runText({ file, args: [...first, ...args], cwd: tree, env: io.env }, io)
  const summary = parseSummary(stdout)
  const message = status > ExitStatus.No ? errorOf(stderr, summary?.error) : null
  return { exitCode: status, summary: summary ?? NO_SUMMARY, message }
}

function parseSummary(text: string): Summary | undefined {
  try {
    return Summary.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

function resultOf(
  key: TrialKey,
  { exitCode, summary, message }: LoopEnd,
  { hidden, seconds, run }: { hidden: HiddenVerdict | undefined; seconds: number; run: string },
): TrialResult {
  const { usage, scores, reason } = summary
  const verdict = hidden?.verdict ?? verdictOf(exitCode)
  return {
    ...key,
    verdict,
    fixed: verdict === 'fixed',
    exitCode,
    reason,
    message: hidden?.verdict === 'error' ? hidden.message : message,
    calls: usage.calls,
    tokens: usage.tokens,
    cost: usage.cost ?? null,
    seconds: Number(seconds.toFixed(1)),
    ...readRun(run),
    scores,
  }
}

/** Of a loop without a pass. 5 is a model's fault: its answers were incomplete. Other codes above 1 say nothing about it. */
function verdictOf(exitCode: number): Verdict {
  return exitCode === ExitStatus.No || exitCode === INCOMPLETE ? 'failed' : 'error'
}

const INCOMPLETE = 5
