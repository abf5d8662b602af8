import { readFileSync, writeFileSync } from 'node:fs'
import { writeBlock } from '@loop-runner/block-format'
import { CommandError, ExitStatus } from '@loop-runner/cli-kit'
import { hashSources } from './hash-sources.ts'
import { endReason, type Reason } from './next-step.ts'
import { addUsage, contents, readReply, readScore } from './read-report.ts'
import type { Reply, Round, Usage } from './round.ts'
import { readOutput, runStage, type StageCall, type StageContext, type StageResult } from './run-stage.ts'

/** lr-llm's status for an answer that is not whole. */
const NOT_WHOLE = 5

/** How far a run has come. It is filled while the run goes on, so that an end by a failure can be told too. */
export interface RunState {
  readonly rounds: Round[]
  usage: Usage
  branch: string | undefined
  readonly commits: string[]
}

export interface LoopContext extends StageContext {
  readonly startedAt: number
  /** From 1 on prompts and replies are shown. */
  readonly debug: number
  readonly state: RunState
}

/**
 * Check, and while the check fails: prompt, ask, apply, commit, check again.
 *
 * @throws CommandError with the status of a stage that ended by 2 or more
 */
export async function runLoop(context: LoopContext): Promise<Reason> {
  const { state } = context
  const { limits, withGit } = context.settings
  let checked = await runCheck(0, context)
  state.rounds.push({ ...(await judge(checked, context)), reply: undefined })
  let feedback = ''
  for (let iteration = 1; ; iteration++) {
    const elapsedMs = Date.now() - context.startedAt
    const reason = endReason({ rounds: state.rounds, usage: state.usage, elapsedMs }, limits)
    if (reason) return reason
    if (iteration === 1 && withGit) await startBranch(context)
    const answer = await askAndApply(iteration, checked, feedback, context)
    feedback = answer.feedback
    if (answer.reply.kind === 'changed') {
      checked = await runCheck(iteration, context)
      state.rounds.push({ ...(await judge(checked, context)), reply: answer.reply })
    } else {
      // Nothing was written, so the last check still speaks of the bytes that are there.
      const last = state.rounds.at(-1)
      if (last) state.rounds.push({ ...last, reply: answer.reply })
    }
  }
}

async function runCheck(iteration: number, context: LoopContext): Promise<StageResult> {
  const result = await runStage({ stage: 'check', iteration, input: undefined }, context)
  if (result.status > ExitStatus.No) throw failure(result, untrusted(result))
  return result
}

/** Which runs of a check gave no verdict, in words. */
function untrusted(result: StageResult): string {
  const outcomes = contents(readOutput(result), 'outcome').map((outcome) => outcome.trim())
  const bad = outcomes.filter((outcome) => outcome !== 'pass' && outcome !== 'fail')
  return bad.length === 0 ? '' : `: no trustworthy verdict (${bad.join(', ')})`
}

async function judge(checked: StageResult, { io, settings }: LoopContext): Promise<Omit<Round, 'reply'>> {
  const passed = checked.status === ExitStatus.Yes
  const score = readScore(readOutput(checked), passed)
  io.progress(passed ? 'check passes' : `check fails (score ${score.toFixed(2)})`)
  return { passed, score, tree: await hashSources(settings.stages.sources, io.cwd, io.env) }
}

async function startBranch(context: LoopContext): Promise<void> {
  const result = await runStage({ stage: 'git', iteration: 0, input: undefined, action: 'start' }, context)
  if (result.status > ExitStatus.No) throw failure(result)
  context.state.branch = contents(readOutput(result), 'branch').at(-1)?.trim()
}

interface Answer {
  readonly reply: Reply
  /** Blocks for the next prompt: what was wrong with this reply. */
  readonly feedback: string
}

async function askAndApply(
  iteration: number,
  checked: StageResult,
  feedback: string,
  context: LoopContext,
): Promise<Answer> {
  const { io, folder, state } = context
  io.progress(`iteration ${iteration} of at most ${context.settings.limits.iterations}: asking the model`)
  const input = folder.file({ stage: 'prompt', iteration }, 'in')
  writeFileSync(input, endedByNewline(readFileSync(checked.output, 'utf8')) + feedback, { mode: 0o600 })
  const prompt = await runRequired({ stage: 'prompt', iteration, input }, context)
  if (prompt.status === ExitStatus.No) return { reply: { kind: 'nothing', declared: false }, feedback: '' }
  const reply = await runStage({ stage: 'llm', iteration, input: prompt.output }, context)
  debugPrint(context, prompt, reply)
  if (reply.status === NOT_WHOLE) return notWhole(context)
  if (reply.status > ExitStatus.No) throw failure(reply)
  const applied = await runRequired({ stage: 'apply', iteration, input: reply.output }, context)
  const report = readOutput(applied)
  state.usage = addUsage(state.usage, report)
  const { kind, declared } = readReply(report)
  const changed = applied.status === ExitStatus.Yes
  if (changed && context.settings.withGit) await commit(iteration, applied, context)
  io.progress(describe(changed ? 'changed' : kind, contents(report, 'changed')))
  const rejected = contents(report, 'rejected').map((content) => writeBlock({ name: 'rejected', content }))
  return {
    reply: { kind: changed ? 'changed' : kind === 'changed' ? 'nothing' : kind, declared },
    feedback: rejected.join(''),
  }
}

function notWhole({ io, state }: LoopContext): Answer {
  state.usage = addUsage(state.usage, [])
  io.progress('the answer was not whole; nothing of it was used')
  const content =
    '-: your last reply was not whole (cut off, empty or refused), so nothing of it was used; reply with fewer files at once\n'
  return { reply: { kind: 'not-whole', declared: false }, feedback: writeBlock({ name: 'rejected', content }) }
}

/** The git stage is told what the check said that the reply answers, behind lr-apply's report. */
async function commit(iteration: number, applied: StageResult, context: LoopContext): Promise<void> {
  const { folder, state } = context
  const score = state.rounds.at(-1)?.score ?? 0
  const verdict =
    writeBlock({ name: 'outcome', content: 'fail\n' }) + writeBlock({ name: 'score', content: `${score.toFixed(2)}\n` })
  const input = folder.file({ stage: 'git-commit', iteration }, 'in')
  writeFileSync(input, endedByNewline(readFileSync(applied.output, 'utf8')) + verdict, { mode: 0o600 })
  const result = await runRequired({ stage: 'git', iteration, input, action: 'commit' }, context)
  const hashes = contents(readOutput(result), 'commit').flatMap((content) => content.trim().split('\n'))
  state.commits.push(...hashes)
}

async function runRequired(call: StageCall, context: LoopContext): Promise<StageResult> {
  const result = await runStage(call, context)
  if (result.status > ExitStatus.No) throw failure(result)
  return result
}

function failure({ stage, status, output }: StageResult, detail = ''): CommandError {
  return new CommandError(
    status,
    `the ${stage} stage ended with status ${status}${detail} (see ${output.replace(/out$/, 'err')})`,
  )
}

function describe(kind: Reply['kind'], changed: readonly string[]): string {
  const files = changed.flatMap((content) => content.trim().split('\n')).join(', ')
  const words = {
    changed: `new versions: ${files || 'written'}`,
    unchanged: 'every version equals the file as it is',
    rejected: 'every version was refused',
    nothing: 'no new versions',
    'not-whole': 'the answer was not whole',
  }
  return words[kind]
}

function debugPrint({ io, debug }: LoopContext, prompt: StageResult, reply: StageResult): void {
  if (debug < 1) return
  void io.stderr.write(
    `--- prompt\n${readFileSync(prompt.output, 'utf8')}--- reply\n${readFileSync(reply.output, 'utf8')}---\n`,
  )
}

function endedByNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}
