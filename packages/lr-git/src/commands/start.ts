import { writeBlock } from '@loop-runner/block-format'
import { defineCommand, ExitStatus } from '@loop-runner/cli-kit'
import { checkBranchName } from '../run/branch-name.ts'
import { identityOf } from '../commits/identity-of.ts'
import { ENGINE_OPTIONS, inRepository, refuseLoop } from '@loop-runner/git-engine'
import { FIXES_OPTION } from '../run/fixes-path.ts'
import { startRun, type Wish } from '../run/start-run.ts'
import { writeBranch } from '../write-blocks.ts'

export const start = defineCommand({
  usage: '[options] [BRANCH]',
  summary: 'Make the branch of a run and switch to it.',
  options: {
    ...ENGINE_OPTIONS,
    slug: {
      type: 'text',
      placeholder: 'TEXT',
      describe: "what the run is about, for the branch's name (default: the folder's name)",
    },
    dirty: {
      type: 'choice',
      choices: ['refuse', 'commit', 'carry', 'worktree'],
      default: 'refuse',
      placeholder: 'HOW',
      describe: 'what to do with changes that are not committed',
    },
    ...FIXES_OPTION,
    'at-first-commit': {
      type: 'flag',
      commandLineOnly: true,
      describe: 'stay here; the first commit --run-branch makes the branch and switches to it',
    },
  },
  operands: { max: 1 },
  details: `
The branch is BRANCH, or lr/TIME-SLUG, with the time in UTC. No file is touched.
Prints the branch's name in a block "branch".

Changes that are not committed (untracked files do not count) are refused, or
  commit    go into a commit of their own first
  carry     stay as they are; a file that the run changes is first committed as
            it was
  worktree  stay where they are: the run's branch is checked out beside the
            repository, in the folder that a block "worktree" names

Exit codes: 0 done · 2 no name for a branch · 3 could not be done: no
repository, changes that are not committed, a merge in progress … · 4 another
git holds the lock

  lr-git start --slug parser | lr-blocks get branch
`,
  async run({ options, operands: [name] }, io) {
    if (name !== undefined) checkBranchName(name)
    const { dirty, fixes, slug } = options
    const wish: Wish = { name, slug, dirty, fixes, deferred: options['at-first-commit'] }
    refuseLoop(io)
    const { branch, worktree } = await inRepository(options, io, (engine) => {
      // A run that could not commit had better not begin.
      identityOf(engine, io)
      return startRun(engine, wish, io)
    })
    await writeBranch(branch, io)
    if (worktree !== undefined) {
      await io.stdout.write(writeBlock({ name: 'worktree', content: `${worktree}\n` }))
    }
    io.progress(describe(branch, worktree, options['at-first-commit']))
    return ExitStatus.Yes
  },
})

function describe(branch: string, worktree: string | undefined, isDeferred: boolean): string {
  if (worktree !== undefined) return `branch ${branch} is in ${worktree}`
  return isDeferred ? `the first commit makes the branch ${branch}` : `on branch ${branch}`
}
