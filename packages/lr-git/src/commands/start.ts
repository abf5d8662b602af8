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
  summary: 'Create the branch of a run and switch to it.',
  options: {
    ...ENGINE_OPTIONS,
    slug: {
      type: 'text',
      placeholder: 'TEXT',
      describe: 'short name of the task, for the name of the branch (default: name of the folder)',
    },
    dirty: {
      type: 'choice',
      choices: ['refuse', 'commit', 'carry', 'worktree'],
      default: 'refuse',
      placeholder: 'HOW',
      describe: 'how to treat uncommitted changes',
    },
    ...FIXES_OPTION,
    'at-first-commit': {
      type: 'flag',
      commandLineOnly: true,
      describe: 'do not switch; the first commit --run-branch creates the branch and switches to it',
    },
  },
  operands: { max: 1 },
  details: `
The branch is BRANCH, or lr/TIME-SLUG, with the time in UTC. No file is changed.
Prints the name of the branch in a block "branch".

--dirty sets how uncommitted changes are treated; untracked files do not count:
  refuse    fail
  commit    commit them first, in a commit of their own
  carry     leave them in place; before the run changes such a file, commit the
            file as it was
  worktree  leave them in place, and check out the branch of the run in a folder
            next to the repository, which a block "worktree" names

Exit codes: 0 done · 2 invalid branch name · 3 failed: no repository,
uncommitted changes, a merge in progress … · 4 another git process holds the
lock

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
