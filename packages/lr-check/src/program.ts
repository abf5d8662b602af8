import type { Program } from '@loop-runner/cli-kit'
import { checkCommand } from './check.ts'

export const check: Program = { name: 'lr-check', main: checkCommand }
