import type { Program } from '@loop-runner/cli-kit'
import { recoverTrees } from '@loop-runner/file-transaction/recover-trees'
import { checkCommand } from './check.ts'

export const check: Program = { name: 'lr-check', main: checkCommand, prepare: recoverTrees }
