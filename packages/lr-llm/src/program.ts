import type { Program } from '@loop-runner/cli-kit'
import { ask } from './ask/ask.ts'
import { chat } from './chat/chat.ts'
import { keys } from './keys/keys.ts'
import { log } from './log/log.ts'
import { models } from './models/models.ts'
import { local } from './ollama/local.ts'
import { prices } from './prices/prices.ts'
import { serve } from './serve/serve.ts'

export const llm: Program = {
  name: 'lr-llm',
  main: ask,
  commands: { chat, log, models, keys, serve, local, prices },
}
