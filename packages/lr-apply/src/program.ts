import type { Program } from '@loop-runner/cli-kit'
import { recoverTrees } from '@loop-runner/file-transaction/recover-trees'
import { apply } from './apply.ts'

export const program: Program = { name: 'lr-apply', main: apply, prepare: recoverTrees }
