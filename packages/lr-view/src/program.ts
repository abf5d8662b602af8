import type { Program } from '@loop-runner/cli-kit'
import { main } from './main.ts'
import { serve } from './serve/serve.ts'

export const view: Program = { name: 'lr-view', main, commands: { serve } }
