import type { Engine, RefStep } from '@loop-runner/git-engine'
import type { RunRecord } from './run-record.ts'

/** The step that keeps what was not committed when a run started from `git gc`; undefined if the branch has it, or a ref. */
export async function keepStep(engine: Engine, { branch, begin, start }: RunRecord): Promise<RefStep | undefined> {
  if (start === null || start === begin) return undefined
  const ref = `refs/lr/carry/${branch}`
  return (await engine.readRef(ref)) === start ? undefined : { ref, from: await engine.readRef(ref), to: start }
}
