import { existsSync } from 'node:fs'
import { isBlock, type Part } from '@loop-runner/block-format'
import { CommandError, ExitStatus, UsageError } from '@loop-runner/cli-kit'
import { failureSignature } from '../stopping/failure-signature.ts'
import { keepGuard, requireGuardAsLeft } from './guard-seal.ts'
import { hashSources } from './hash-sources.ts'
import { type LoopContext, stageFailure } from '../loop-context.ts'
import { contents, readScore, tellingLine } from './read-report.ts'
import type { LoopSettings } from '../settings.ts'
import type { Round } from '@loop-runner/stop-rules'
import { readOutput, runStage, type StageCall, type StageResult } from './run-stage.ts'

/** What a check said of the tree, and where its stream lies. */
export type Checked = Omit<Round, 'reply'> & { readonly checked: string }

/**
 * Runs the check stage and reads its verdict.
 *
 * @param action tells further checks of one iteration apart: `recheck-1`, `final`
 * @throws CommandError with the stage's status where it gave no trustworthy verdict
 */
export async function checkTree(iteration: number, context: LoopContext, action?: string): Promise<Checked> {
  const { io, folder, settings } = context
  const call = { stage: 'check', iteration, input: undefined, ...(action === undefined ? {} : { action }) } as const
  const { result, tampered } = await runCheck(call, context)
  const parts = readOutput(result)
  requireBlocks(result, parts, settings)
  const score = readScore(parts, result.status === ExitStatus.Yes)
  const { threshold } = settings.limits
  const passed = !tampered && (threshold === undefined ? result.status === ExitStatus.Yes : score >= threshold)
  const said = passed ? '' : tellingLine(parts)
  folder.journal.recordOnce({ event: 'checked', iteration, ...(action && { check: action }), passed, score, said })
  const key = `tree of ${action ?? 'check'} ${iteration}`
  const tree = await folder.remember(key, () => hashSources(settings.stages.sources, io.cwd, io.env))
  // One tampering is as good as another: only what is judged makes progress.
  const failure = tampered ? 'tampered' : await failureSignature(parts)
  return { passed, tampered, score, tree, failure, checked: result.output }
}

/**
 * Runs a failing check again on the unchanged tree.
 *
 * @throws CommandError (3) where it passes now: nothing can be learnt from such a check
 */
export async function recheck(first: Checked, context: LoopContext): Promise<void> {
  if (first.passed) return
  for (let time = 1; time <= context.settings.recheck; time++) {
    const again = await checkTree(0, context, `recheck-${time}`)
    if (!again.passed) continue
    throw new CommandError(
      ExitStatus.Failed,
      'the check is flaky: on the same files it failed, and then it passed (mend it, and begin a new run)',
    )
  }
}

async function runCheck(call: StageCall, context: LoopContext): Promise<{ result: StageResult; tampered: boolean }> {
  // Before any reply nothing is recorded yet, and there is nothing that a model could undo.
  const isFirst = call.iteration === 0
  await requireGuardAsLeft(context)
  if (!isFirst) requireGuard(context)
  const result = await runStage(call, context)
  await keepGuard(context)
  if (result.status <= ExitStatus.No) return { result, tampered: false }
  // Something was checked before this reply: a reply after which nothing is checked has failed.
  if (!isFirst && outcomesOf(result).includes('none')) return { result, tampered: false }
  if (isFirst || !isTampered(result)) throw stageFailure(result, untrusted(result))
  return { result, tampered: true }
}

/**
 * A plain check command in the place of the stage prints no blocks, and our prompt stage would have nothing to tell.
 *
 * @throws UsageError where it fails so
 */
function requireBlocks({ status, output }: StageResult, parts: readonly Part[], { replaced }: LoopSettings): void {
  if (status !== ExitStatus.No || replaced.prompt !== undefined || parts.some(isBlock)) return
  throw new UsageError(
    `the check stage fails without a block (see ${output}; a check command belongs behind --: lr-loop SOURCE… -- COMMAND)`,
  )
}

/** @throws CommandError (3) where the guard that the first check recorded is gone: another would guard what is there now */
function requireGuard({ folder, settings }: LoopContext): void {
  if (!settings.guards || settings.replaced.check !== undefined || existsSync(folder.guard)) return
  throw new CommandError(
    ExitStatus.Failed,
    `${folder.guard}: gone, so nobody knows what judged at first (begin a new run)`,
  )
}

/** Whether a check says that what judges was changed: lr-check with a guard, or a stage in its place. */
function isTampered(result: StageResult): boolean {
  return outcomesOf(result).includes('error: tampered')
}

function outcomesOf(result: StageResult): string[] {
  return contents(readOutput(result), 'outcome').map((outcome) => outcome.trim())
}

/** Which runs of a check gave no verdict, in words. */
function untrusted(result: StageResult): string {
  const bad = outcomesOf(result).filter((outcome) => outcome !== 'pass' && outcome !== 'fail')
  return bad.length === 0 ? '' : `: inconclusive (${bad.join(', ')})`
}
