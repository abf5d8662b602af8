import type { Program } from '@loop-runner/cli-kit'
import { commit } from './commit.ts'
import { start } from './start.ts'

export const git: Program = {
  name: 'lr-git',
  summary: 'One branch a run, one commit a reply.',
  commands: { start, commit },
}
