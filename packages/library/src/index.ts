export {
  type Block,
  BlockReader,
  isBlock,
  parseStream,
  type Part,
  PartError,
  StreamError,
  type Text,
  writeBlock,
  writeStream,
} from '@loop-runner/block-format'
export { CommandError, UsageError } from '@loop-runner/cli-kit'
export * from '@loop-runner/llm-client/wrangler'
export { LLMWrangler as LlmClient } from '@loop-runner/llm-client/wrangler'
export {
  type Finding,
  readReply,
  type Reply as ModelReply,
  type ReplyBlock,
  type ReplyContext,
  replyInstructions,
} from '@loop-runner/reply-format'
export { apply, type ApplyResult, type RunApplyOptions } from './apply.ts'
export type { ApplyOptions } from './apply-options.ts'
export { check, type CheckResult, type CheckRun, type RunCheckOptions } from './check.ts'
export type { CheckOptions } from './check-options.ts'
export type { LoopEvent, LoopReason, LoopSummary, LoopUsage } from './loop-events.ts'
export type { LoopOptions } from './loop-options.ts'
export { LoopFailure, type LoopRun, runLoop, type RunLoopOptions } from './run-loop.ts'
export { ProgramFailure, type ProgramOptions } from './run-program.ts'
export { type RunScoreOptions, score, type ScoreResult } from './score.ts'
export type { ScoreOptions } from './score-options.ts'
export { type RunStopOptions, stop, type StopResult, type StopRound } from './stop.ts'
export type { StopOptions } from './stop-options.ts'
