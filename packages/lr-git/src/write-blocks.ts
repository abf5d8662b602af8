import type { Io } from '@loop-runner/cli-kit'
import type { Hash } from '@loop-runner/git-engine'
import { listOf, ROLE, writeRole } from '@loop-runner/stage-protocol'

/** Prints a block "commit": full hashes, one per line. */
export async function writeCommits(commits: readonly Hash[], io: Io): Promise<void> {
  await io.stdout.write(writeRole(ROLE.commit, listOf(commits)))
}

/** Prints a block "branch". */
export async function writeBranch(branch: string, io: Io): Promise<void> {
  await io.stdout.write(writeRole(ROLE.branch, listOf([branch])))
}
