import type { Follower, Result } from '@loop-runner/llm-client'
import type { Completion } from './read-completion.ts'

export interface UpstreamCall {
  readonly signal: AbortSignal
  readonly onText: (text: string) => void
  readonly follower: Follower
}

/** The upstream of the service. */
export interface Upstream {
  readonly label: string
  /** Names that a client may give: any other is not found. */
  readonly names: readonly string[]
  /** The numbers of running and waiting requests, and the remaining budget in US dollars, if there is one. */
  readonly load: { readonly running: number; readonly waiting: number; readonly budget: number | undefined }
  /** Throws LlmFailure without a complete answer. */
  ask(completion: Completion, call: UpstreamCall): Promise<Result>
  isReady(): Promise<boolean>
  /** Refuses requests that wait, and new ones. */
  close(): void
}
