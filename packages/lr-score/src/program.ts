import type { Program } from '@loop-runner/cli-kit'
import { recoverTrees } from '@loop-runner/file-transaction/recover-trees'
import { main } from './main.ts'

export const score: Program = { name: 'lr-score', main, prepare: recoverTrees }
