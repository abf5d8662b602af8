import { ExitStatus } from '@loop-runner/cli-kit'
import type { LoopContext } from '../loop-context.ts'
import { type Checked, checkTree, runCheck } from './check-tree.ts'
import { describeStop } from './describe-failures.ts'
import { CONFIRM } from './hidden-check.ts'
import { readOutput } from './run-stage.ts'

/**
 * Runs the check, and if it passes the hidden one, too (--confirm). Before any reply the hidden check runs in any case: its
 * files are recorded then, and a hidden check that cannot run or takes too long is found out before the first request.
 *
 * @param action tells further checks of one iteration apart
 * @throws CommandError if one of them was inconclusive
 */
export async function checkAndConfirm(iteration: number, context: LoopContext, action?: string): Promise<Checked> {
  const checked = await checkTree(iteration, context, action)
  if (context.settings.stages.confirmCommand === undefined || (iteration > 0 && !checked.passed)) return checked
  const confirm = [CONFIRM, action].filter((part) => part !== undefined).join('-')
  const { result } = await runCheck({ stage: 'check', iteration, input: undefined, action: confirm }, context)
  const passed = result.status === ExitStatus.Yes
  // Nothing else of its output may reach standard error or events: its cases are hidden.
  const said = passed ? '' : describeStop(readOutput(result))
  if (!checked.passed) {
    if (said !== '') context.io.progress(`the hidden check ${said}`)
    return checked
  }
  context.folder.journal.recordOnce({ event: 'confirmed', iteration, ...(action && { check: action }), passed, said })
  return passed ? checked : { ...checked, passed: false, unconfirmed: true }
}
