import type { Program } from '@loop-runner/cli-kit'
import { apply } from './apply.ts'

export const program: Program = { name: 'lr-apply', main: apply }
