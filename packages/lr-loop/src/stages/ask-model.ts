import { readFileSync } from 'node:fs'
import { isBlock, writeBlock, writeStream } from '@loop-runner/block-format'
import { ExitStatus } from '@loop-runner/cli-kit'
import { hashSources } from './hash-sources.ts'
import { type LoopContext, stageFailure } from '../loop-context.ts'
import { contents, readReply, readUsage } from './read-report.ts'
import type { Reply, Usage } from '@loop-runner/stop-rules'
import { partsIn, readOutput, runStage, type StageCall, type StageResult } from './run-stage.ts'
import { writeFeedback } from './feedback.ts'
import { INCOMPLETE } from './stage.ts'

/** The result of one reply. */
export interface Answer {
  readonly reply: Reply
  /** Blocks for the next prompt: what was wrong with this reply. */
  readonly feedback: string
  /** Everything in the reply that is not a new version. */
  readonly explanation: string
  /** Why versions were refused, one reason each. */
  readonly rejected: string[]
  /** Commits made for the reply, oldest first. */
  readonly commits: string[]
  /** Paths that were written. */
  readonly files: string[]
  readonly usage: Usage
}

const NOTHING: Answer = {
  reply: { kind: 'nothing', declared: false },
  feedback: '',
  explanation: '',
  rejected: [],
  commits: [],
  files: [],
  usage: { calls: 0, tokens: 0, cost: 0 },
}

/**
 * Prompt, ask, apply, commit.
 *
 * @param checked the file that holds what the last check said
 * @param feedback blocks that the prompt stage gets behind it
 * @throws CommandError with the status of a stage that ended by 2 or more
 */
export async function askModel(
  iteration: number,
  checked: string,
  feedback: string,
  context: LoopContext,
): Promise<Answer> {
  const { folder, settings } = context
  const seen = endedByNewline(readFileSync(checked, 'utf8'))
  const input = folder.write({ stage: 'prompt', iteration }, 'in', seen + feedback)
  const prompt = await runRequired({ stage: 'prompt', iteration, input }, context)
  if (prompt.status === ExitStatus.No) return NOTHING
  const reply = await runStage({ stage: 'llm', iteration, input: prompt.output }, context)
  debugPrint(context, prompt, reply)
  if (reply.status === INCOMPLETE) return incomplete(reply)
  if (reply.status > ExitStatus.No) throw stageFailure(reply)
  const applied = await applyReply({ stage: 'apply', iteration, input: reply.output }, context)
  const report = readOutput(applied)
  const changed = applied.status === ExitStatus.Yes
  const said = readReply(report)
  // The exit status decides what came of it; a stage that changed nothing may still have named what it left alone.
  const kind = changed ? 'changed' : said.kind === 'changed' ? 'nothing' : said.kind
  const commits = changed && settings.withGit ? await commitReply(iteration, applied, context) : []
  const rejected = contents(report, 'rejected').filter((content) => content.trim() !== '')
  const explanation = contents(report, 'explanation').join('\n').trim()
  const outcome: Reply = { kind, declared: said.declared }
  return {
    reply: outcome,
    feedback: writeFeedback(outcome, rejected, explanation),
    explanation,
    rejected: rejected.flatMap((content) => content.trim().split('\n')),
    commits,
    files: changed ? contents(report, 'changed').flatMap((content) => content.trim().split('\n')) : [],
    usage: readUsage(report),
  }
}

/**
 * Where a crash came between the write and the report, a second start finds every version in place and calls it unchanged.
 * That the tree is no longer the one that was checked tells that this reply did change it.
 */
async function applyReply(call: StageCall, context: LoopContext): Promise<StageResult> {
  const { io, folder, settings, state } = context
  const wasCutShort = folder.wasStarted(call)
  const applied = await runRequired(call, context)
  if (!wasCutShort || applied.status === ExitStatus.Yes) return applied
  if ((await hashSources(settings.stages.sources, io.cwd, io.env)) === state.rounds.at(-1)?.tree) return applied
  const report = readOutput(applied).map((part) =>
    isBlock(part) && part.name === 'unchanged' ? { name: 'changed', content: part.content } : part,
  )
  folder.write(call, 'out', writeStream(report))
  return { ...applied, status: ExitStatus.Yes }
}

function incomplete(result: StageResult): Answer {
  const reply = { kind: 'incomplete', declared: false } as const
  return { ...NOTHING, reply, feedback: writeFeedback(reply, [], ''), usage: readUsage(partsIn(result.output)) }
}

/** The git stage is told what the check said that the reply answers, behind lr-apply's report. */
async function commitReply(iteration: number, applied: StageResult, context: LoopContext): Promise<string[]> {
  const { folder, state } = context
  const { passed = false, score = 0 } = state.rounds.at(-1) ?? {}
  const verdict = [
    writeBlock({ name: 'outcome', content: passed ? 'pass\n' : 'fail\n' }),
    writeBlock({ name: 'score', content: `${score.toFixed(2)}\n` }),
  ]
  const report = endedByNewline(readFileSync(applied.output, 'utf8'))
  const input = folder.write({ stage: 'git-commit', iteration }, 'in', report + verdict.join(''))
  const result = await runRequired({ stage: 'git', iteration, input, action: 'commit' }, context)
  const commits = commitsIn(result)
  state.commits.push(...commits)
  return commits
}

/** The hashes in a git stage's `commit` blocks. */
export function commitsIn(result: StageResult): string[] {
  return contents(readOutput(result), 'commit').flatMap((content) => content.trim().split('\n'))
}

async function runRequired(call: StageCall, context: LoopContext): Promise<StageResult> {
  const result = await runStage(call, context)
  if (result.status > ExitStatus.No) throw stageFailure(result)
  return result
}

function debugPrint({ passOn, debug }: LoopContext, prompt: StageResult, reply: StageResult): void {
  if (debug < 1) return
  const text = `--- prompt\n${readFileSync(prompt.output, 'utf8')}--- reply\n${readFileSync(reply.output, 'utf8')}---\n`
  passOn(Buffer.from(text))
}

function endedByNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}
