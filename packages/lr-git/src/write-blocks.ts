import { writeBlock } from '@loop-runner/block-format'
import type { Io } from '@loop-runner/cli-kit'
import type { Hash } from '@loop-runner/git-engine'

/** Prints a block "commit": full hashes, one a line. */
export async function writeCommits(commits: readonly Hash[], io: Io): Promise<void> {
  await io.stdout.write(writeBlock({ name: 'commit', content: commits.map((hash) => `${hash}\n`).join('') }))
}

/** Prints a block "branch". */
export async function writeBranch(branch: string, io: Io): Promise<void> {
  await io.stdout.write(writeBlock({ name: 'branch', content: `${branch}\n` }))
}
