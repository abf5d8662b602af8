import type { Program } from '@loop-runner/cli-kit'
import { recoverTrees } from '@loop-runner/file-transaction/recover-trees'
import { abandon } from './commands/abandon.ts'
import { best } from './commands/best.ts'
import { commit } from './commands/commit.ts'
import { drop } from './linked/drop.ts'
import { fork } from './linked/fork.ts'
import { take } from './linked/take.ts'
import { finish } from './commands/finish.ts'
import { start } from './commands/start.ts'
import { status } from './commands/status.ts'
import { undo } from './commands/undo.ts'
import { verify } from './commands/verify.ts'

export const git: Program = {
  name: 'lr-git',
  summary: 'Commit the replies of a run, one commit for each, on a branch of its own.',
  commands: { start, commit, undo, best, finish, abandon, fork, drop, take, status, verify },
  prepare: recoverTrees,
}
