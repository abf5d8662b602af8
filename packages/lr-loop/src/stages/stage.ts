import { ExitStatus } from '@loop-runner/cli-kit'

/** The stages in the order in which they run. Each can be replaced by a shell command (`--check`, `--prompt`, …). */
export const STAGES = ['check', 'prompt', 'llm', 'apply', 'git'] as const
export type Stage = (typeof STAGES)[number]

/** lr-llm's status for an answer that is not whole. */
export const NOT_WHOLE = 5

/** Whether a stage that ended so could not do its work, which ends the loop; it is run again when the run is gone on with. */
export function hasFailed(stage: Stage, status: number): boolean {
  return status > ExitStatus.No && !(stage === 'llm' && status === NOT_WHOLE)
}
