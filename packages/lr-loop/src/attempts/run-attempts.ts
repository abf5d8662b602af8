import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError, ExitStatus } from '@loop-runner/cli-kit'
import { requireTreeAsLeft } from '../stages/as-left.ts'
import { startServers } from '../stages/start-servers.ts'
import { checkAndConfirm } from '../stages/confirm.ts'
import type { LoopContext } from '../loop-context.ts'
import { nextStep, type Reason } from '@loop-runner/stop-rules'
import { checkFirst, decide, type End, startBranch } from '../run-loop.ts'
import { attemptFolder } from './attempt-folders.ts'
import { type AttemptResult, chooseAttempt, isWhole, readResult, scoreLeft } from './attempt-result.ts'
import { usageOfAttempts } from './attempts-usage.ts'
import { callGit } from './call-git.ts'
import { Interrupted } from '../stopping/interrupted.ts'
import { refuseUnfit } from './refuse-unfit.ts'
import { runAttempt } from './run-attempt.ts'
import { makeStopper, type Stopper } from './stopper.ts'
import { type AttemptPlan, variationOf } from './variation.ts'

/**
 * Several loops at the same task, each in a tree of its own. The first that passes ends them all; this tree is brought to
 * its versions, or else to those with the best score, and checked.
 *
 * @throws CommandError where nothing can be begun, where every attempt failed, and where this tree cannot be brought to
 *   the versions that were chosen, or the check says something else of them here
 */
export async function runAttempts(plan: AttemptPlan, context: LoopContext): Promise<End> {
  const { folder, io, settings, state } = context
  await refuseUnfit(settings, folder.path, io)
  const first = await checkFirst(context)
  const step = await decide(1, context)
  if (step.do === 'stop') {
    await requireTreeAsLeft(first, context)
    return { reason: step.reason, passed: first.passed }
  }
  await startBranch(context)
  await startServers(context)
  const limit = await race(plan, context)
  const results = state.attempts ?? []
  const kept = chooseAttempt(results, first.score, settings.keep)
  const ended = kept ?? results.find(isWhole)
  if (!ended) throw failureOf(results)
  const passed = kept ? await keep(kept, context) : first.passed
  return { reason: limit ?? (ended.reason as Reason), passed }
}

/**
 * Makes the attempts, so many at once, until one passes or a limit is reached.
 *
 * @returns the limit that kept further ones from being made
 */
async function race(plan: AttemptPlan, context: LoopContext): Promise<Reason | undefined> {
  const { folder, io, state } = context
  const stopper = makeStopper()
  const results = rememberResults(plan, context)
  state.attempts = results
  let limit: Reason | undefined
  // One that began now would begin with the versions of the one that is kept.
  const isDecided = folder.journal.events.some(({ event }) => event === 'attempt-kept')
  const left = Array.from({ length: plan.count }, (_, index) => index + 1).filter(
    (number) => !isDecided && !results.some(({ attempt }) => attempt === number),
  )
  const hasPassed = () => results.some(({ status }) => status === ExitStatus.Yes)
  const work = async () => {
    for (;;) {
      limit ??= reasonOfLimit(context)
      const attempt = stopper.isStopped() || hasPassed() || limit !== undefined ? undefined : left.shift()
      if (attempt === undefined) return
      results.push(await makeAttempt(attempt, plan, context, stopper))
      state.usage = usageOfAttempts(folder.path)
      if (hasPassed()) await stopper.stop()
    }
  }
  const all = Promise.allSettled(Array.from({ length: plan.jobs }, work))
  const forget = io.onInterrupt(() => stopper.stop())
  const outcomes = await all
  forget()
  if (io.signal.aborted) throw new Interrupted()
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
  return hasPassed() ? undefined : limit
}

async function makeAttempt(
  attempt: number,
  plan: AttemptPlan,
  context: LoopContext,
  stopper: Stopper,
): Promise<AttemptResult> {
  const { folder, settings } = context
  folder.journal.record({ event: 'attempt-began', ...variationOf(attempt, plan), attempt })
  const result = await runAttempt(attempt, plan, context, stopper)
  const { status, reason, iterations } = result
  const score = scoreLeft(result, settings.keep)
  folder.journal.record({ event: 'attempt-ended', attempt, status, reason, replies: iterations, score })
  return result
}

/**
 * What came of the attempts that an earlier part of the run has finished, in the order in which they ended. Those that
 * failed or were cut short are made again.
 */
function rememberResults(plan: AttemptPlan, { folder }: LoopContext): AttemptResult[] {
  const ended = folder.journal.events.filter((event) => event.event === 'attempt-ended')
  const hasPassed = ended.some(({ status }) => status === ExitStatus.Yes)
  return ended
    .filter((event) => isWhole(event) || (hasPassed && event.reason === 'stopped'))
    .map((event) => {
      const { attempt } = event
      return readResult({ ...variationOf(attempt, plan), attempt }, event, attemptFolder(folder.path, attempt))
    })
}

/** Whether time or money of the whole run is used up. */
function reasonOfLimit({ folder, settings, startedAt, state }: LoopContext): Reason | undefined {
  const usage = usageOfAttempts(folder.path)
  const rounds = state.rounds.slice(0, 1)
  const { timeoutMs = Infinity, deadlineMs = Infinity } = settings.limits
  const limits = { ...settings.limits, timeoutMs: Math.min(timeoutMs, deadlineMs) }
  const step = nextStep({ rounds, usage, elapsedMs: Date.now() - startedAt, custom: undefined }, limits)
  return step.do === 'stop' ? step.reason : undefined
}

function failureOf(results: readonly AttemptResult[]): CommandError {
  const [first] = results
  if (!first) return new CommandError(ExitStatus.Failed, 'no attempt was started')
  return new CommandError(first.status, `every attempt failed (see ${first.run})`)
}

/**
 * Brings this tree to the versions of an attempt, and checks it.
 *
 * @returns whether the check passes here
 */
async function keep(kept: AttemptResult, context: LoopContext): Promise<boolean> {
  const { folder, io, state } = context
  state.attempts = (state.attempts ?? []).map((result) => ({ ...result, kept: result.attempt === kept.attempt }))
  const bundle = join(kept.run, 'commits.bundle')
  const target = existsSync(bundle) ? bundle : kept.commits.at(-1)
  if (target !== undefined) await take(target, kept, context)
  else if (kept.iterations > 0) {
    throw new CommandError(
      ExitStatus.Failed,
      `attempt ${kept.attempt} is the best, but its git stage made no commit (git apply ${join(kept.run, 'changes.diff')})`,
    )
  }
  state.commits.push(...kept.commits)
  folder.journal.recordOnce({ event: 'attempt-kept', attempt: kept.attempt, commits: [...kept.commits] })
  const final = await checkAndConfirm(kept.iterations, context, 'final')
  await requireTreeAsLeft(final, context)
  const { passed } = final
  if (kept.status === ExitStatus.Yes && !passed) {
    throw new CommandError(
      ExitStatus.Failed,
      `the check passes in the tree of attempt ${kept.attempt}, but fails on the same files in ${io.cwd}: it depends on other files (see --ignored)`,
    )
  }
  return passed
}

async function take(target: string, { attempt }: AttemptResult, { io }: LoopContext): Promise<void> {
  try {
    await callGit(['take', target], { io, say: () => {} }, io)
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    throw new CommandError(
      error.status,
      `attempt ${attempt} is the best, but its commits could not be applied here: ${error.message}; then: lr-git take ${target}`,
      { cause: error },
    )
  }
}
