import { join } from 'node:path'
import { CommandError, ExitStatus } from '@loop-runner/cli-kit'
import { isThere } from '../transaction/if-there.ts'
import type { Repository } from './find-repository.ts'

/** Files of a git folder that stand for something begun and not finished, in which a commit of ours would be lost. */
const IN_PROGRESS: Readonly<Record<string, string>> = {
  MERGE_HEAD: 'a merge',
  CHERRY_PICK_HEAD: 'a cherry-pick',
  REVERT_HEAD: 'a revert',
  'rebase-merge': 'a rebase',
  'rebase-apply': 'a rebase or a series of patches',
  sequencer: 'a series of picks',
  BISECT_LOG: 'a bisection',
}

/** @throws CommandError (3) where something is begun and not finished */
export function refuseInProgress({ root, gitDir }: Repository): void {
  for (const [file, what] of Object.entries(IN_PROGRESS)) {
    if (isThere(join(gitDir, file))) {
      throw new CommandError(ExitStatus.Failed, `${root}: ${what} is in progress (finish or abort it first)`)
    }
  }
}
