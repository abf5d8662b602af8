import { resolve } from 'node:path'
import {
  asFailure,
  type Call,
  CommandError,
  ExitStatus,
  type Io,
  processMark,
  reasonOf,
  type Values,
} from '@loop-runner/cli-kit'
import { settleAgent } from './agent/settle-agent.ts'
import { removeSnapshots } from './agent/snapshot.ts'
import { runAttempts } from './attempts/run-attempts.ts'
import { sweepTrees } from './attempts/sweep-trees.ts'
import type { KeptRound, LoopContext } from './loop-context.ts'
import { makeContext, mannerOf } from './make-context.ts'
import { LOOP_OPTIONS } from './options.ts'
import { eventDescriptor } from './progress/event-descriptor.ts'
import { openProgress } from './progress/open-progress.ts'
import { verdictStyle } from './progress/verdict-style.ts'
import { type End, runLoop } from './run-loop.ts'
import { newRunPath } from './runs/find-run.ts'
import { findKilled, parkKilled } from './runs/park-killed.ts'
import { pruneRuns } from './runs/prune-runs.ts'
import { RunFolder } from './runs/run-folder.ts'
import { resumeRun } from './runs/resume-run.ts'
import { viewRun } from './runs/run-view.ts'
import { preflight } from './preflight.ts'
import { settingsOfCall } from './settings-of-call.ts'
import { type DeadlineIo, uninterrupted, withDeadline } from './stopping/with-deadline.ts'
import { park, unpark } from './stopping/park.ts'
import { StageFailure } from './stages/stage-failure.ts'
import { INCOMPLETE } from './stages/stage.ts'
import { describeSummary } from './describe-summary.ts'
import { summarize, type Summary, writeSummary } from './summary.ts'
import { lockForLoop } from './lock-for-loop.ts'

/** A whole run, from its options to its summary; gives the exit code. */
export async function run(call: Call<typeof LOOP_OPTIONS>, io: Io): Promise<number> {
  const { options } = call
  if (options['dry-run']) return (await import('./forecast/dry-run.ts')).dryRun(call, io)
  const events = options['json-events'] === undefined ? undefined : eventDescriptor(options['json-events'], io)
  const { folder, unlock } = await openFolder(call, io)
  const progress = openProgress(options, folder, events, io)
  const { attempts, limits } = folder.settings
  // Attempts have it, each for itself.
  const deadline = withDeadline(io, attempts ? undefined : limits.deadlineMs)
  const context = makeContext(folder, mannerOf(options, progress), deadline.io)
  folder.journal.record({ event: 'began', run: folder.path, mark: processMark() })
  await folder.seal()
  const isAttempt = context.settings.parent !== undefined
  const finish = async ({ status, reason, error }: Ending) => {
    const summary = await record({ status, reason, error }, context, async () => {
      await progress.close()
      unlock()
    })
    if (!isAttempt && !options.quiet) sayEnd(summary, context, io)
    // After an interrupt nothing more is printed; the summary lies in the run's folder.
    if (options.json && reason !== 'interrupted') await io.stdout.write(writeSummary(summary))
    if (options['run-dir'] === undefined && !isAttempt && reason !== 'interrupted') prune(options, io)
    return status
  }
  let settle = () => {}
  const settled = new Promise<void>((resolve) => (settle = resolve))
  io.onInterrupt(() => settled)
  const ending = await endOf(context, deadline, io)
  deadline.clear()
  if (ending.error !== undefined) {
    await progress.close()
    // Its reader may be gone; the end is noted all the same.
    await io.stderr.write(`lr-loop: ${ending.brief ?? ending.error}\n`).catch(() => {})
  }
  const status = await finish(ending)
  settle()
  // The signal ends the process.
  return io.signal.aborted ? new Promise(() => {}) : status
}

function sayEnd(summary: Summary, context: LoopContext, io: Io): void {
  const [verdict = '', ...others] = describeSummary(summary, ownStages(context))
  io.progress(verdict, verdictStyle(summary.status === 0))
  for (const line of others) io.progress(line)
}

/** How and why a run ended. */
interface Ending extends Pick<Summary, 'status' | 'reason' | 'error'> {
  /** The error without the text that is already printed. */
  readonly brief?: string | undefined
}

/** Writes the end of the run into its folder. */
async function record(
  { status, reason, error }: Ending,
  { folder, startedAt, state }: LoopContext,
  close: () => Promise<void>,
): Promise<Summary> {
  try {
    const seconds = (Date.now() - startedAt) / 1000
    folder.journal.record({ event: 'end', status, reason, error })
    const end = { status, reason, error, run: folder.path, usage: state.usage, seconds }
    const summary = summarize(viewRun(folder.journal.events), end, state.attempts)
    folder.finish(summary)
    return summary
  } finally {
    await close()
  }
}

/** Works until the run ends: by itself, by a stage that fails, by a signal or at its deadline. */
async function endOf(context: LoopContext, deadline: DeadlineIo, io: Io): Promise<Ending> {
  const { attempts, parent } = context.settings
  try {
    if (parent === undefined) await sweepTrees(context)
    await settleAgent(context)
    await unpark(context)
    const end = attempts ? await runAttempts(attempts, context) : await runLoop(context)
    return { status: statusOf(end), reason: end.reason }
  } catch (thrown) {
    const error = asFailure(thrown)
    if (!context.io.signal.aborted && !(error instanceof CommandError)) throw error
    const best = await leaveBest(context, io)
    if (io.signal.aborted) return { status: statusOfInterrupt(io), reason: 'interrupted' }
    if (deadline.isOver()) return { status: best?.passed ? ExitStatus.Yes : ExitStatus.No, reason: 'timeout' }
    const { status, message } = error as CommandError
    const brief = error instanceof StageFailure ? error.brief : undefined
    return { status, reason: 'error', error: message, brief }
  } finally {
    await Promise.all(context.state.stopServers.map(async (stop) => stop()))
    if (context.settings.agent) removeSnapshots(context.folder.path)
  }
}

/** Whatever ends a run, its best state is on disk; a signal does not stop that. */
async function leaveBest(context: LoopContext, io: Io): Promise<KeptRound | undefined> {
  const { signal, onInterrupt } = uninterrupted(io)
  try {
    return await park({ ...context, io: { ...context.io, signal, onInterrupt } })
  } catch (thrown) {
    const error = asFailure(thrown)
    if (!(error instanceof CommandError)) throw error
    io.warn(`could not restore the best state of the files: ${error.message}`)
    return undefined
  }
}

function statusOfInterrupt({ signal }: Io): number {
  const { reason } = signal as { reason: CommandError }
  return reason.status
}

/** A failure to remove old runs does not fail this run. */
function prune(options: Values<typeof LOOP_OPTIONS>, io: Io): void {
  try {
    pruneRuns(io.env, { runs: options['keep-runs'], bytes: options['keep-megabytes'] * 1e6 })
  } catch (error) {
    io.warn(`old runs could not be removed: ${reasonOf(error)}`)
  }
}

function ownStages({ state, folder, settings: { replaced, stages } }: LoopContext) {
  const changed = state.rounds.filter(({ reply }) => reply?.kind === 'changed')
  const written = replaced.apply === undefined ? changed.length : 0
  const { isAsBefore } = viewRun(folder.journal.events)
  return { written, hasGit: replaced.git === undefined, fixes: stages.fixes, isAsBefore }
}

function statusOf({ reason, passed }: End): number {
  if (passed) return ExitStatus.Yes
  return reason === 'incomplete' ? INCOMPLETE : ExitStatus.No
}

/** The run's folder, and the lock of the tree; a loop that is refused the lock leaves no folder behind. */
async function openFolder({ options, ...call }: Call<typeof LOOP_OPTIONS>, io: Io) {
  if (options.resume) return resumeRun({ options, ...call }, io)
  const asked = settingsOfCall({ options, ...call }, io)
  const { cwd } = asked
  const facts = await preflight(asked, options['api-key'], io)
  const settings = { ...asked, stages: { ...asked.stages, ...facts } }
  const path = resolve(io.cwd, options['run-dir'] ?? newRunPath(io.env, new Date()))
  const killed = findKilled(cwd, io.env)
  if (killed !== undefined) await parkKilled(killed, cwd, io)
  const unlock = await lockForLoop(cwd, path, io.env)
  try {
    return { folder: RunFolder.create(path, settings), unlock }
  } catch (error) {
    unlock()
    throw error
  }
}
