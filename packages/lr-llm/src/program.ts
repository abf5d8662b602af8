import type { Program } from '@loop-runner/cli-kit'
import { ask } from './ask.ts'
import { keys } from './keys.ts'
import { models } from './models.ts'
import { serve } from './serve.ts'

export const llm: Program = {
  name: 'lr-llm',
  main: ask,
  commands: { models, keys, serve },
}
