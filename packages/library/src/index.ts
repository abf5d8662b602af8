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
export {
  type Finding,
  readReply,
  type Reply as ModelReply,
  type ReplyBlock,
  type ReplyContext,
  replyInstructions,
} from '@loop-runner/reply-format'
export type { LoopEvent, LoopReason, LoopSummary, LoopUsage } from './loop-events.ts'
export type { LoopOptions } from './loop-options.ts'
export { LoopFailure, type LoopRun, runLoop, type RunLoopOptions } from './run-loop.ts'
