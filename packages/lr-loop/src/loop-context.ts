import type { AttemptResult } from './attempts/attempt-result.ts'
import type { Round, Usage } from '@loop-runner/stop-rules'
import type { StageContext } from './stages/run-stage.ts'

/** A round, and the place of its files. */
export interface KeptRound extends Round {
  /** The check's stream. */
  readonly checked: string
  /** The commit that holds the tree; undefined for the first round and without git. */
  readonly commit: string | undefined
}

/** How far a run has come. It is filled while the run goes on, so that an end by a failure can be told too. */
export interface RunState {
  readonly rounds: KeptRound[]
  usage: Usage
  branch: string | undefined
  readonly commits: string[]
  /** Files that the model has asked to see, which every further prompt shows. */
  readonly shown: string[]
  /** The records of guards, as the last checks left them, by file. */
  readonly guards: Map<string, Buffer>
  /** The results of the attempts so far; undefined for a single loop. */
  attempts?: AttemptResult[]
  /** Stop the servers that were started for the model of the run. */
  readonly stopServers: (() => Promise<void>)[]
}

export interface LoopContext extends StageContext {
  readonly startedAt: number
  /** From 1 on prompts and replies are shown. */
  readonly debug: number
  /** After which an attempt gives a sign of life; 0: never. */
  readonly heartbeatMs: number
  /** Whether an earlier part of the run has been. */
  readonly isResumed: boolean
  readonly state: RunState
}

/** For our own git stage: commits go to the branch of the run or nowhere. */
export function onBranch({ branch }: RunState): string[] {
  return branch === undefined ? [] : [`--run-branch=${branch}`]
}
