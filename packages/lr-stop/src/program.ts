import type { Program } from '@loop-runner/cli-kit'
import { main } from './main.ts'

export const stop: Program = { name: 'lr-stop', main }
