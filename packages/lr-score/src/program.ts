import type { Program } from '@loop-runner/cli-kit'
import { main } from './main.ts'

export const score: Program = { name: 'lr-score', main }
