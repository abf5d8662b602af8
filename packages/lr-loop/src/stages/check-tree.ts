import { existsSync } from 'node:fs'
import { isBlock, type Part } from '@loop-runner/block-format'
import { CommandError, ExitStatus, UsageError } from '@loop-runner/cli-kit'
import { carriesThreshold, scoreLines } from './carries-threshold.ts'
import { failureSignature } from '../stopping/failure-signature.ts'
import { keepGuard, requireGuardAsLeft } from './guard-seal.ts'
import { hashSources } from './hash-sources.ts'
import { isHidden } from './hidden-check.ts'
import type { LoopContext } from '../loop-context.ts'
import { describeFailures } from './describe-failures.ts'
import { countKnown, readDoubts, scoreOfCheck } from './read-report.ts'
import type { LoopSettings } from '../settings.ts'
import type { Round } from '@loop-runner/stop-rules'
import { contentsOf, readOutcome, ROLE } from '@loop-runner/stage-protocol'
import { readOutput, runStage, type StageCall, type StageResult } from './run-stage.ts'
import { stageFailure } from './stage-failure.ts'

/** The result of a check, and the file with its stream. */
export type Checked = Omit<Round, 'reply'> & { readonly checked: string }

/**
 * Runs the check stage and reads its result.
 *
 * @param action tells further checks of one iteration apart: `recheck-1`, `final`
 * @throws CommandError with the exit code of the stage if it was inconclusive
 */
export async function checkTree(iteration: number, context: LoopContext, action?: string): Promise<Checked> {
  const { io, folder, settings } = context
  const call = { stage: 'check', iteration, input: undefined, ...(action === undefined ? {} : { action }) } as const
  const { result, tampered } = await runCheck(call, context)
  const parts = readOutput(result)
  requireBlocks(result, parts, settings)
  const score = scoreOfCheck(parts, result.status === ExitStatus.Yes)
  const { threshold } = settings.limits
  const passes = result.status === ExitStatus.Yes
  const lines = scoreLines(parts)
  const firstLines = Number(await folder.remember('score lines of the first check', async () => String(lines.length)))
  const carries =
    threshold === undefined ? passes : carriesThreshold({ value: score, lines, passes }, firstLines, threshold)
  const passed = !tampered && carries
  const said = passed ? '' : describeFailures(parts)
  folder.journal.recordOnce({
    event: 'checked',
    iteration,
    ...(action && { check: action }),
    passed,
    score,
    tampered,
    said,
    doubts: readDoubts(parts),
    known: context.settings.known ? countKnown(parts) : 0,
  })
  const key = `tree of ${action ?? 'check'} ${iteration}`
  const tree = await folder.remember(key, () => hashSources(settings.stages, io))
  // One tampering is as bad as another: only a classified result is progress.
  const failure = tampered ? 'tampered' : await failureSignature(parts)
  return { passed, tampered, score, tree, failure, checked: result.output }
}

/**
 * Runs a failing check again on the unchanged tree.
 *
 * @throws CommandError (3) if it passes now: such a check is of no use
 */
export async function recheck(first: Checked, context: LoopContext): Promise<void> {
  if (first.passed) return
  for (let time = 1; time <= context.settings.recheck; time++) {
    const again = await checkTree(0, context, `recheck-${time}`)
    if (!again.passed) continue
    throw new CommandError(
      ExitStatus.Failed,
      'the check is flaky: it failed, then passed on the same files (fix it and start a new run)',
    )
  }
}

export async function runCheck(
  call: StageCall,
  context: LoopContext,
): Promise<{ result: StageResult; tampered: boolean }> {
  // Before any reply nothing is recorded yet, and there is nothing that a model could undo.
  const isFirst = call.iteration === 0
  const guard = isHidden(call) ? context.folder.confirmGuard : context.folder.guard
  const sealed = context.settings.known ? [guard, context.folder.known] : [guard]
  for (const file of sealed) await requireGuardAsLeft(file, context)
  if (!isFirst) requireGuard(guard, context)
  const result = await runStage(call, context)
  for (const file of sealed) await keepGuard(file, context)
  if (result.status <= ExitStatus.No) return { result, tampered: false }
  // Something was checked before this reply: a reply after which nothing is checked has failed.
  if (!isFirst && outcomesOf(result).includes('none')) return { result, tampered: false }
  if (isFirst || !isTampered(result)) throw stageFailure(result, untrusted(result))
  return { result, tampered: true }
}

/**
 * A plain check command in place of the stage prints no blocks, and our prompt stage needs some.
 *
 * @throws UsageError if it fails without a block
 */
function requireBlocks({ status, output }: StageResult, parts: readonly Part[], { replaced }: LoopSettings): void {
  if (status !== ExitStatus.No || replaced.prompt !== undefined || parts.some(isBlock)) return
  throw new UsageError(
    `the check stage failed and printed no block (see ${output}; a check command goes after --: lr-loop SOURCE… -- COMMAND)`,
  )
}

/** @throws CommandError (3) if the guard file of the first check, or its record of known failures, is gone */
function requireGuard(file: string, { folder, settings }: LoopContext): void {
  if (settings.known && !existsSync(folder.known)) throw goneError(folder.known, 'failures')
  const isOurs = file === folder.confirmGuard || settings.replaced.check === undefined
  if (!settings.guards || !isOurs || existsSync(file)) return
  throw goneError(file, 'tests and check scripts')
}

function goneError(file: string, what: string): CommandError {
  return new CommandError(
    ExitStatus.Failed,
    `${file}: missing, so ${what} cannot be compared with the first check (start a new run)`,
  )
}

/** Whether a check reports that tests or check scripts were changed. */
function isTampered(result: StageResult): boolean {
  return outcomesOf(result).some((outcome) => readOutcome(outcome)?.doubt === 'tampered')
}

function outcomesOf(result: StageResult): string[] {
  return contentsOf(readOutput(result), ROLE.outcome).map((outcome) => outcome.trim())
}

/** The runs of a check that were inconclusive, in words. */
function untrusted(result: StageResult): string {
  const bad = outcomesOf(result).filter((outcome) => outcome !== 'pass' && outcome !== 'fail')
  return bad.length === 0 ? '' : `: inconclusive (${bad.join(', ')})`
}
