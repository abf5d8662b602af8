import type { Program } from '@loop-runner/cli-kit'
import { main } from './main.ts'

export const view: Program = { name: 'lr-view', main }
