/** The stages in the order in which they run. Each can be replaced by a shell command (`--check`, `--prompt`, …). */
export const STAGES = ['check', 'prompt', 'llm', 'apply', 'git'] as const
export type Stage = (typeof STAGES)[number]

/** The llm stage's exit status for an answer that is not whole. */
export const NOT_WHOLE = 5
