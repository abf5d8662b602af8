/** One thing that a receipt states. */
export interface Finding {
  readonly part: 'receipt' | 'commit' | 'commits' | 'outcome' | 'check' | 'guard' | 'tests'
  readonly says: string
  /** Undefined if it agrees with the repository. */
  readonly problem: string | undefined
}
