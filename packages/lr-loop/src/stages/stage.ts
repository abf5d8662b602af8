import { ExitStatus } from '@loop-runner/cli-kit'

/** The stages in the order in which they run. Each can be replaced by a shell command (`--check`, `--prompt`, …). */
export const STAGES = ['check', 'prompt', 'llm', 'apply', 'git'] as const
export type Stage = (typeof STAGES)[number]

/** The exit code of lr-llm for an incomplete answer. */
export const INCOMPLETE = 5

/** Whether a stage with this exit code failed, which ends the loop; it is run again when the run is resumed. */
export function hasFailed(stage: Stage, status: number): boolean {
  return status > ExitStatus.No && !(stage === 'llm' && status === INCOMPLETE)
}
