import type { Part } from '@loop-runner/block-format'

export const STAGE_KINDS = ['check', 'prompt', 'llm', 'apply', 'git'] as const
export type StageKind = (typeof STAGE_KINDS)[number]

export function isStageKind(word: string): word is StageKind {
  return STAGE_KINDS.some((kind) => kind === word)
}

/** Files by their paths from the root of the throw-away folder. */
export type Files = ReadonlyMap<string, Buffer>

/** What the cases of a stage are made of. */
export interface Material {
  readonly files: Files
  /** The file that the cases put edges into; it is text. */
  readonly subject: string
}

/** How a stage behaved. */
export interface Behaviour {
  readonly status: number
  /** What it printed; nothing where that is no whole stream. */
  readonly parts: readonly Part[]
  readonly before: Files
  readonly after: Files
}

/** One thing to try. */
export interface StageCase {
  /** Leads in every fault. */
  readonly what: string
  /** Contents that differ from the material's. */
  readonly files?: Readonly<Record<string, string>>
  /** Actions of a git stage that come first; what comes of them is another case's matter. */
  readonly first?: string
  /** Contents that change between `first` and the run. */
  readonly changes?: Readonly<Record<string, string>>
  readonly action?: string
  /** Standard input; empty by default. */
  readonly input?: string
  /** Its output is not read. */
  readonly isUnread?: true
  /** Exit codes that the contract allows. */
  readonly statuses: readonly number[]
  /** @returns what is wrong besides */
  readonly judge?: (behaviour: Behaviour) => string[]
}
