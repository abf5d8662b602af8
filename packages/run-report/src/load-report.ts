import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Part, parseStream } from '@loop-runner/block-format'
import { CommandError, type Io, runGit, runText, UsageError } from '@loop-runner/cli-kit'
import {
  contentIn,
  contentsOf,
  filesIn,
  linesOf,
  ROLE,
  type RunParts,
  runsIn,
  withoutUsage,
} from '@loop-runner/stage-protocol'
import { diffSources } from './diff-sources.ts'
import { failingTests } from './failing-tests.ts'
import type { AttemptReport, CheckRun, Report, ReportReply, ReportRound } from './report.ts'
import { Journals } from './journal.ts'
import { type RoundData, RunData } from './run-data.ts'

/**
 * Reads a run: its summary by `lr-loop show --json`, and the files that its stages left behind.
 *
 * @throws CommandError with the exit code of lr-loop if there is no such run
 */
export async function loadReport(run: string | undefined, io: Io): Promise<Report> {
  return reportOf(await showRun(run, io), io)
}

/** @param data what `lr-loop show --json` prints of the run */
export async function reportOf(data: RunData, io: Io): Promise<Report> {
  const startCommit = await startCommitOf(data, io)
  const rounds = roundsOf(data.run, data.rounds)
  const attempts = data.attempts.map((attempt) => ({
    data: attempt,
    rounds: roundsOf(attempt.run, attempt.view.rounds),
  }))
  return { data, startCommit, rounds, attempts, files: filesOf(data, rounds, attempts) }
}

/** The sources before the first reply, and as the run left them. */
function filesOf(
  { run }: RunData,
  rounds: readonly ReportRound[],
  attempts: readonly AttemptReport[],
): Report['files'] {
  const kept = attempts.find(({ data }) => data.kept)
  const all = kept?.rounds ?? rounds
  const last = returnedTo(kept?.data.run ?? run) ?? Number.POSITIVE_INFINITY
  const none = new Map<string, string>()
  return {
    before: rounds[0]?.sources ?? all[0]?.sources ?? none,
    after: all.findLast(({ iteration }) => iteration <= last)?.sources ?? none,
  }
}

/** The iteration whose files the loop brought back at last. */
function returnedTo(run: string): number | undefined {
  const events = new Journals(run).read().get(0) ?? []
  const last = events.findLast(
    (event) => event?.event === 'replied' || (event?.event === 'returned' && event['done'] === true),
  )
  return last?.event === 'returned' && typeof last['to'] === 'number' ? last['to'] : undefined
}

async function showRun(run: string | undefined, io: Io): Promise<RunData> {
  const { file, args } = io.ownProgram('lr-loop')
  const show = [...args, 'show', '--json', ...(run === undefined ? [] : [run])]
  const { status, stdout, stderr } = await runText({ file, args: show, cwd: io.cwd, env: io.env }, io)
  if (status !== 0) throw new CommandError(status, stderr.trim().replace(/^lr-loop: /, ''))
  const { success, data } = RunData.safeParse(JSON.parse(stdout))
  if (!success) throw new UsageError(`${run ?? 'the run'}: not a run of this version`)
  return data
}

async function startCommitOf({ commits: [first], settings: { cwd } }: RunData, io: Io): Promise<string | undefined> {
  if (first === undefined) return undefined
  const args = ['rev-parse', '--verify', '--quiet', `${first}^`]
  const { status, stdout } = await runGit({ args, cwd, env: io.env }, io)
  return status === 0 ? stdout.toString().trim() : undefined
}

function roundsOf(run: string, rounds: readonly RoundData[]): ReportRound[] {
  let sources = new Map<string, string>()
  return rounds.map((round) => {
    const folder = join(run, String(round.iteration))
    const checked = partsOf(join(folder, checkFile(round)))
    const before = sources
    if (checked.length > 0) sources = filesIn(checked)
    const checkRuns = runsIn(checked).map(checkRun)
    return {
      iteration: round.iteration,
      check: round.check,
      checkRuns,
      failing: checkRuns.flatMap(({ stdout, stderr }) => failingTests(`${stdout}\n${stderr}`)),
      seconds: round.seconds,
      sources,
      reply: round.reply && { ...replyOf(round.reply, folder), diffs: diffSources(before, sources) },
    }
  })
}

/** Where the last check of an iteration left its output. */
function checkFile({ check }: RoundData): string {
  return check?.check === undefined ? 'check.out' : `check-${check.check}.out`
}

function replyOf(reply: NonNullable<RoundData['reply']>, folder: string): Omit<ReportReply, 'diffs'> {
  const report = partsOf(join(folder, 'apply.out'))
  return {
    ...reply,
    kind: reply.reply,
    explanation: contentsOf(report, ROLE.explanation).join('\n').trim(),
    rejected: linesOf(report, ROLE.rejected),
    prompt: textOf(join(folder, 'prompt.out')),
    text: withoutUsage(textOf(join(folder, 'llm.out'))),
  }
}

function checkRun(run: RunParts): CheckRun {
  return {
    command: run.command.trim(),
    outcome: contentIn(run, ROLE.outcome)?.trim() ?? '',
    stdout: contentIn(run, ROLE.stdout) ?? '',
    stderr: contentIn(run, ROLE.stderr) ?? '',
  }
}

/** The parts of a stream; none if the file does not exist or is truncated. */
function partsOf(file: string): Part[] {
  try {
    return parseStream(textOf(file))
  } catch {
    return []
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
