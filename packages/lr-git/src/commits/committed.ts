import type { Hash } from '@loop-runner/git-engine'

/** What a report came to. */
export interface Committed {
  /** The commit of the reply, then that of FIXES.md; none if nothing differs from the last commit. */
  readonly commits: readonly Hash[]
  /** Commits of the files as they were before the reply. */
  readonly originals: readonly Hash[]
  /** Changed files that git ignores, and that are in no commit; `kept` is a file that holds the former version. */
  readonly ignored: readonly { readonly path: string; readonly kept: string | undefined }[]
  /** If nothing differs: the commit that holds the files. A command that was killed may have made it unseen. */
  readonly heldBy?: Hash | undefined
}

export const NOTHING_COMMITTED: Committed = { commits: [], originals: [], ignored: [] }
