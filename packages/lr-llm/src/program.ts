import type { Program } from '@loop-runner/cli-kit'
import { ask } from './ask/ask.ts'
import { keys } from './keys/keys.ts'
import { models } from './models/models.ts'
import { local } from './ollama/local.ts'
import { prices } from './prices/prices.ts'
import { serve } from './serve/serve.ts'

export const llm: Program = {
  name: 'lr-llm',
  main: ask,
  commands: { models, keys, serve, local, prices },
}
