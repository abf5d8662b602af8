import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Block, isBlock, type Part, parseStream } from '@loop-runner/block-format'
import { CommandError, childEnvironment, findOnPath, type Io, runProcess, UsageError } from '@loop-runner/cli-kit'
import { diffSources, sourcesIn } from './diff-sources.ts'
import { failingTests } from './failing-tests.ts'
import type { CheckRun, Report, ReportReply, ReportRound } from './report.ts'
import { type RoundData, RunData } from './run-data.ts'

/**
 * Reads a run: its summary by `lr-loop show --json`, and the files that its stages left behind.
 *
 * @throws CommandError with the exit code of lr-loop if there is no such run
 */
export async function loadReport(run: string | undefined, io: Io): Promise<Report> {
  const data = await showRun(run, io)
  return {
    data,
    startCommit: await startCommitOf(data, io),
    rounds: roundsOf(data.run, data.rounds),
    attempts: data.attempts.map((attempt) => ({
      data: attempt,
      rounds: roundsOf(attempt.run, attempt.view.rounds),
    })),
  }
}

async function showRun(run: string | undefined, io: Io): Promise<RunData> {
  const { file, args } = io.ownProgram('lr-loop')
  const { status, stdout, stderr } = await runText(
    file,
    [...args, 'show', '--json', ...(run === undefined ? [] : [run])],
    io,
  )
  if (status !== 0) throw new CommandError(status, stderr.trim().replace(/^lr-loop: /, ''))
  const { success, data } = RunData.safeParse(JSON.parse(stdout))
  if (!success) throw new UsageError(`${run ?? 'the run'}: not a run of this version`)
  return data
}

async function startCommitOf({ commits: [first], settings: { cwd } }: RunData, io: Io): Promise<string | undefined> {
  const git = findOnPath('git', io.env)
  if (git === undefined || first === undefined) return undefined
  const { status, stdout } = await runText(git, ['-C', cwd, 'rev-parse', '--verify', '--quiet', `${first}^`], io)
  return status === 0 ? stdout.trim() : undefined
}

async function runText(file: string, args: readonly string[], io: Io) {
  const texts = { stdout: '', stderr: '' }
  const request = {
    file,
    args,
    cwd: io.cwd,
    env: childEnvironment(io.env),
    stdout: (chunk: Buffer) => void (texts.stdout += chunk.toString()),
    stderr: (chunk: Buffer) => void (texts.stderr += chunk.toString()),
  }
  const { status } = await runProcess(request, io)
  return { status, ...texts }
}

function roundsOf(run: string, rounds: readonly RoundData[]): ReportRound[] {
  let sources = new Map<string, string>()
  return rounds.map((round) => {
    const folder = join(run, String(round.iteration))
    const checked = partsOf(join(folder, 'check.out'))
    const before = sources
    if (checked.length > 0) sources = sourcesIn(checked)
    const checkRuns = checkRunsOf(checked)
    return {
      iteration: round.iteration,
      check: round.check,
      checkRuns,
      failing: checkRuns.flatMap(({ stdout, stderr }) => failingTests(`${stdout}\n${stderr}`)),
      seconds: round.seconds,
      reply: round.reply && { ...replyOf(round.reply, folder), diffs: diffSources(before, sources) },
    }
  })
}

function replyOf(reply: NonNullable<RoundData['reply']>, folder: string): Omit<ReportReply, 'diffs'> {
  const report = partsOf(join(folder, 'apply.out'))
  const contents = (name: string) => blocksIn(report, name).map(({ content }) => content)
  return {
    ...reply,
    kind: reply.reply,
    explanation: contents('explanation').join('\n').trim(),
    rejected: contents('rejected').flatMap((content) => content.split('\n').filter(Boolean)),
    prompt: textOf(join(folder, 'prompt.out')),
    text: withoutUsage(textOf(join(folder, 'llm.out'))),
  }
}

function checkRunsOf(parts: readonly Part[]): CheckRun[] {
  const runs: (CheckRun & Record<string, string>)[] = []
  for (const part of parts) {
    if (!isBlock(part)) continue
    if (part.name === '') runs.push({ command: part.content.trim(), outcome: '', stdout: '', stderr: '' })
    const run = runs.at(-1)
    if (run && ['outcome', 'stdout', 'stderr'].includes(part.name)) {
      Object.assign(run, { [part.name]: part.name === 'outcome' ? part.content.trim() : part.content })
    }
  }
  return runs
}

function blocksIn(parts: readonly Part[], name: string): Block[] {
  return parts.filter((part): part is Block => isBlock(part) && part.name === name)
}

/** lr-llm appends its usage as a block. */
function withoutUsage(reply: string): string {
  return reply.replace(/^<{4,} usage <{4,}\n[^]*/m, '')
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
