/** The stages in the order in which they run. Each can be replaced by a shell command (`--check`, `--prompt`, …). */
export const STAGES = ['check', 'prompt', 'llm', 'apply', 'git'] as const
export type Stage = (typeof STAGES)[number]
