import { readFileSync } from 'node:fs'
import { isBlock, type Part, writeStream } from '@loop-runner/block-format'
import { ExitStatus } from '@loop-runner/cli-kit'
import { requireBranchAsLeft } from './as-left.ts'
import { debugPrint } from './debug-print.ts'
import { partsOfAgent, setModes, withModes } from '../agent/agent-parts.ts'
import { readAgentReport, runAgent } from '../agent/run-agent.ts'
import { hashSources } from './hash-sources.ts'
import { hiddenPaths, withoutHidden } from './hidden-check.ts'
import { type LoopContext, onBranch } from '../loop-context.ts'
import { type CallUsage, readReply, usageOfCall } from './read-report.ts'
import type { Reply } from '@loop-runner/stop-rules'
import {
  contentsOf,
  hasRole,
  linesOf,
  listOf,
  readPaths,
  ROLE,
  writeOutcome,
  writeRole,
} from '@loop-runner/stage-protocol'
import { resumeWait } from './resume-wait.ts'
import { partsIn, readOutput, runStage, type StageCall, type StageResult } from './run-stage.ts'
import { stageFailure } from './stage-failure.ts'
import { writeHistory } from './history.ts'
import { writeFeedback } from './feedback.ts'
import { INCOMPLETE } from './stage.ts'
import { showScore } from '../show-score.ts'

/** The result of one reply. */
export interface Answer {
  readonly reply: Reply
  /** Blocks for the next prompt: the problems of this reply. */
  readonly feedback: string
  /** Everything in the reply that is not a new version. */
  readonly explanation: string
  /** Why versions were refused, one reason each. */
  readonly rejected: string[]
  /** Commits made for the reply, oldest first. */
  readonly commits: string[]
  /** Paths that were written. */
  readonly files: string[]
  readonly usage: CallUsage
}

/** All that the model learns of the hidden check. */
const UNCONFIRMED = writeRole(
  ROLE.rejected,
  '-: the check passes, but hidden cases fail: the files do not yet do all that is asked for; find what the check does not cover\n',
)

const NOTHING: Answer = {
  reply: { kind: 'nothing', declared: false },
  feedback: '',
  explanation: '',
  rejected: [],
  commits: [],
  files: [],
  usage: { calls: 0, tokens: 0, cached: 0, cost: 0, estimated: false },
}

/**
 * Prompt, ask, apply, commit.
 *
 * @param checked the file with the stream of the last check
 * @param feedback blocks for the prompt stage, after that stream
 * @throws CommandError with the exit code of a stage that ended with 2 or more
 */
export async function askModel(
  iteration: number,
  checked: string,
  feedback: string,
  context: LoopContext,
): Promise<Answer> {
  const prompt = await writePrompt(iteration, checked, feedback, context)
  if (prompt.status === ExitStatus.No) return NOTHING
  const { agent } = context.settings
  if (context.isResumed) await resumeWait(iteration, context)
  const reply = agent
    ? await runAgent(iteration, prompt.output, context)
    : await runStage({ stage: 'llm', iteration, input: prompt.output }, context)
  debugPrint(context, prompt, reply)
  return useReply(iteration, reply, context)
}

/**
 * Applies a reply and commits what it changed.
 *
 * @throws CommandError with the exit code of a stage that ended with 2 or more
 */
export async function useReply(iteration: number, reply: StageResult, context: LoopContext): Promise<Answer> {
  if (reply.status === INCOMPLETE) return incomplete(reply)
  if (reply.status > ExitStatus.No) throw stageFailure(reply)
  if (!context.folder.wasStarted({ stage: 'apply', iteration })) await requireBranchAsLeft(context)
  const applied = await applyReply({ stage: 'apply', iteration, input: reply.output }, context)
  const { words, written, report, changed, reply: found } = readResult(iteration, applied, context)
  const answer = readAnswer(report, found, changed, context)
  const isKept = changed || answer.explanation !== ''
  const commits = isKept && context.settings.withGit ? await commitReply(iteration, written, words, context) : []
  return { ...answer, commits }
}

/** The versions that the apply stage reports as written, and the report of the agent if there is one. */
function readResult(iteration: number, applied: StageResult, { folder, settings, io }: LoopContext) {
  const report = readOutput(applied)
  const changed = applied.status === ExitStatus.Yes
  if (!settings.agent) return { written: report, report, changed, reply: readReply(report), words: '' }
  const agent = readAgentReport(folder.path, iteration)
  setModes(report, agent, io.cwd)
  const written = withModes(report, agent)
  const whole = [...written, ...partsOfAgent(agent)]
  // That an agent was stopped, or made a stash, says nothing about its versions.
  const reply = readReply(agent.isRefused ? whole : written)
  return { written, report: whole, changed: changed || written !== report, reply, words: agent.words }
}

export async function writePrompt(
  iteration: number,
  checked: string,
  feedback: string,
  context: LoopContext,
): Promise<StageResult> {
  const { folder, state } = context
  const hidden = hiddenPaths(context.settings.stages, context.io.cwd)
  const seen = endedByNewline(withoutHidden(readFileSync(checked, 'utf8'), hidden))
  const unconfirmed = state.rounds.at(-1)?.unconfirmed ? UNCONFIRMED : ''
  const requested = state.shown.length === 0 ? '' : writeRole(ROLE.show, listOf(state.shown))
  const input = folder.write({ stage: 'prompt', iteration }, 'in', seen + feedback + unconfirmed + requested)
  const past = writeHistory(folder.journal.events, iteration)
  const extra = past === '' ? [] : [`--history=${folder.write({ stage: 'history', iteration }, 'in', past)}`]
  return runRequired({ stage: 'prompt', iteration, input, extra }, context)
}

/**
 * @param changed whether the apply stage wrote something: its exit code decides, since a stage that changed nothing may
 *   still name files that it left as they are
 * @param context files that the model asks for are added to those that it has asked for
 */
function readAnswer(
  report: Part[],
  { kind: reported, declared }: Reply,
  changed: boolean,
  { state, settings }: LoopContext,
): Omit<Answer, 'commits'> {
  const { shown } = state
  const kind = changed ? 'changed' : reported === 'changed' ? 'nothing' : reported
  const rejected = contentsOf(report, ROLE.rejected).filter((content) => content.trim() !== '')
  const explanation = [...contentsOf(report, ROLE.blocked), ...contentsOf(report, ROLE.explanation)].join('\n').trim()
  const repeated = kind === 'asked' && !noteRequest(contentsOf(report, ROLE.show), shown)
  if (repeated) rejected.push('-: you asked for these files before, and they are shown above\n')
  const reply: Reply = { kind: repeated ? 'rejected' : kind, declared }
  return {
    reply,
    feedback: writeFeedback(reply, rejected, explanation, settings.agent !== undefined),
    explanation,
    rejected: rejected.flatMap((content) => content.trim().split('\n')),
    files: changed ? contentsOf(report, ROLE.changed).flatMap(readPaths) : [],
    usage: usageOfCall(report),
  }
}

/**
 * Adds the files that a reply asks to see.
 *
 * @returns whether one of them is not shown yet
 */
function noteRequest(requests: readonly string[], shown: string[]): boolean {
  const paths = requests.flatMap((content) => content.split('\n')).filter((path) => path.trim() !== '')
  const fresh = [...new Set(paths)].filter((path) => !shown.includes(path))
  shown.push(...fresh)
  return fresh.length > 0
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
  if ((await hashSources(settings.stages, io)) === state.rounds.at(-1)?.tree) return applied
  const report = readOutput(applied).map((part) =>
    isBlock(part) && hasRole(part, ROLE.unchanged) ? { name: ROLE.changed, content: part.content } : part,
  )
  folder.write(call, 'out', writeStream(report))
  return { ...applied, status: ExitStatus.Yes }
}

function incomplete(result: StageResult): Answer {
  const reply = { kind: 'incomplete', declared: false } as const
  return {
    ...NOTHING,
    reply,
    feedback: writeFeedback(reply, [], '', false),
    usage: usageOfCall(partsIn(result.output)),
  }
}

/** The git stage gets the result of the check that the reply answers, after the report of what was written. */
async function commitReply(iteration: number, written: readonly Part[], words: string, context: LoopContext) {
  const { folder, state } = context
  const { passed = false, score = 0 } = state.rounds.at(-1) ?? {}
  const verdict = [
    ...(words === '' ? [] : [writeRole(ROLE.explanation, `${words}\n`)]),
    writeRole(ROLE.outcome, writeOutcome({ outcome: passed ? 'pass' : 'fail' })),
    writeRole(ROLE.score, `${showScore(score)}\n`),
  ]
  const told = endedByNewline(writeStream(written)) + verdict.join('')
  const input = folder.write({ stage: 'git-commit', iteration }, 'in', told)
  const result = await runRequired(
    { stage: 'git', iteration, input, action: 'commit', extra: onBranch(state) },
    context,
  )
  const commits = commitsIn(result)
  state.commits.push(...commits)
  return commits
}

/** The hashes in a git stage's `commit` blocks. */
export function commitsIn(result: StageResult): string[] {
  return linesOf(readOutput(result), ROLE.commit)
}

async function runRequired(call: StageCall, context: LoopContext): Promise<StageResult> {
  const result = await runStage(call, context)
  if (result.status > ExitStatus.No) throw stageFailure(result)
  return result
}

function endedByNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}
