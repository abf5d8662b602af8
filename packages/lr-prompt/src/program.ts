import type { Program } from '@loop-runner/cli-kit'
import { main } from './main.ts'

export const prompt: Program = { name: 'lr-prompt', main }
