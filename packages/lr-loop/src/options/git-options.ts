import type { OptionTable } from '@loop-runner/cli-kit'

export const GIT_OPTIONS = {
  'no-git': { type: 'flag', describe: 'make no branch and no commits' },
  branch: { type: 'text', placeholder: 'NAME', describe: "name of the run's branch (default: lr/TIME-NAME)" },
  dirty: {
    type: 'choice',
    choices: ['refuse', 'commit', 'carry'],
    default: 'refuse',
    placeholder: 'HOW',
    describe: 'how to treat uncommitted changes',
  },
  fixes: {
    type: 'text',
    default: 'FIXES.md',
    placeholder: 'FILE',
    describe:
      'explain the commits in FILE (.md or .txt); none: write no explanations, the default if the check may read FIXES.md',
  },
} as const satisfies OptionTable
