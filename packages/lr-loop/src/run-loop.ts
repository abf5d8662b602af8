import { ExitStatus } from '@loop-runner/cli-kit'
import { requireBranchAsLeft, requireTreeAsLeft } from './stages/as-left.ts'
import { askModel } from './stages/ask-model.ts'
import { refuseOrphan, usageOfAttempts } from './attempts/attempts-usage.ts'
import { recheck } from './stages/check-tree.ts'
import { checkAndConfirm } from './stages/confirm.ts'
import type { KeptRound, LoopContext } from './loop-context.ts'
import { type Limits, nextStep, type Reason, type Step } from '@loop-runner/stop-rules'
import { contentsOf, ROLE } from '@loop-runner/stage-protocol'
import { recordAnswer } from './stages/record-answer.ts'
import { returnToBest } from './stopping/return-to-best.ts'
import { readOutput, runStage } from './stages/run-stage.ts'
import { recordSizes } from './stages/record-sizes.ts'
import { startServers } from './stages/start-servers.ts'
import { stageFailure } from './stages/stage-failure.ts'
import { hasFailed } from './stages/stage.ts'
import { askStopCommands } from './stopping/stop-command.ts'

/** How a run ended: why, and whether the check passes on the files as they are now. */
export interface End {
  readonly reason: Reason
  readonly passed: boolean
}

/**
 * Check, and while the check fails: prompt, ask, apply, commit, check again.
 *
 * @throws CommandError with the status of a stage that ended by 2 or more
 */
export async function runLoop(context: LoopContext): Promise<End> {
  const { state } = context
  let now = await checkFirst(context)
  let feedback = ''
  for (let iteration = 1; ; iteration++) {
    const step = await decide(iteration, context)
    if (step.do === 'stop') return finish(iteration, step.reason, context)
    if (iteration === 1) {
      await startBranch(context)
      await startServers(context)
    }
    if (iteration === 2) await preferLittleMemory()
    if (step.do === 'restart') context.folder.journal.recordOnce({ event: 'restarted', iteration })
    // A run that had ended was brought back to its best state, and goes on from there.
    if (step.do === 'restart' || wasBroughtBack(iteration, context)) {
      now = (await returnToBest(iteration, context)) ?? now
      feedback = ''
    }
    if (!mayHaveWritten(iteration, context)) await requireTreeAsLeft(now, context)
    const answer = await askModel(iteration, now.checked, feedback, context)
    recordAnswer(iteration, answer, context)
    feedback = answer.feedback
    if (answer.reply.kind !== 'changed') {
      // Nothing was written, so the check of these files still holds.
      now = { ...now, reply: answer.reply }
    } else {
      const checked = await checkAndConfirm(iteration, context)
      now = { ...checked, reply: answer.reply, commit: answer.commits.at(-1) }
    }
    state.rounds.push(now)
  }
}

/**
 * A loop waits for others nearly all of its time and may run for days. V8's defaults let garbage pile up: 9 to 20 MB over
 * 200 replies, against 4 to 9 MB with this flag (scripts/sweep/soak-loop.ts). A short run does without it.
 */
async function preferLittleMemory(): Promise<void> {
  const { setFlagsFromString } = await import('node:v8')
  setFlagsFromString('--optimize-for-size')
}

/** Whether an earlier part of the run may have changed files in this iteration; an apply stage that is not ours may leave that to the llm stage. */
function mayHaveWritten(iteration: number, { folder, settings }: LoopContext): boolean {
  return folder.wasStarted({ stage: settings.replaced.apply === undefined ? 'apply' : 'llm', iteration })
}

function wasBroughtBack(iteration: number, { folder }: LoopContext): boolean {
  return folder.journal.events.some(
    (event) => event.event === 'returned' && event.done && event.iteration === iteration,
  )
}

/** The check before any reply. */
export async function checkFirst(context: LoopContext): Promise<KeptRound> {
  await recordSizes(context)
  const first = { ...(await checkAndConfirm(0, context)), reply: undefined, commit: undefined }
  context.state.rounds.push(first)
  await recheck(first, context)
  return first
}

/** @throws CommandError (4) from an attempt whose run is not at work */
export async function decide(iteration: number, context: LoopContext): Promise<Step> {
  const { parent } = context.settings
  if (parent !== undefined) refuseOrphan(parent)
  const usage = parent === undefined ? context.state.usage : usageOfAttempts(parent)
  const { folder, settings, state, startedAt } = context
  const { rounds } = state
  // Where an earlier part of the run has an answer already, it had decided to ask.
  const ended = folder.endedWith({ stage: 'llm', iteration })
  const hasAnswer = ended !== undefined && !hasFailed('llm', ended)
  const custom = hasAnswer ? undefined : await askStopCommands(context)
  if (custom !== undefined) folder.journal.recordOnce({ event: 'stop-command', iteration, said: custom })
  const limits = hasAnswer ? withoutMeans(settings.limits) : settings.limits
  return nextStep({ rounds, usage, elapsedMs: Date.now() - startedAt, custom }, limits)
}

/** Only the conclusions from the rounds themselves. */
function withoutMeans({ minIterations, patience, plateau }: Limits): Limits {
  return { minIterations, patience, plateau, iterations: Infinity }
}

/**
 * The run's branch, made or found again; none without git.
 *
 * @throws CommandError where it cannot be made, or HEAD has left it
 */
export async function startBranch(context: LoopContext): Promise<void> {
  if (!context.settings.withGit) return
  const result = await runStage({ stage: 'git', iteration: 0, input: undefined, action: 'start' }, context)
  if (result.status > ExitStatus.No) throw stageFailure(result, '; --no-git does without branch and commits')
  const branch = contentsOf(readOutput(result), ROLE.branch).at(-1)?.trim()
  if (branch === undefined) return
  context.state.branch = branch
  context.folder.journal.record({ event: 'branched', branch })
  await requireBranchAsLeft(context)
}

/** Where another state was better than the last one, the files are brought back to it, and checked once more. */
async function finish(iteration: number, reason: Reason, context: LoopContext): Promise<End> {
  const { state, settings } = context
  const last = state.rounds.at(-1)
  const returned = reason !== 'passed' && settings.keep === 'best' && (await returnToBest(iteration, context))
  const end = returned ? await checkAndConfirm(iteration, context, 'final') : last
  if (end) await requireTreeAsLeft(end, context)
  return { reason, passed: end?.passed === true }
}
