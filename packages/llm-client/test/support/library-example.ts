import { writeSync } from 'node:fs'
import { LlmFailure, LLMWrangler } from '../../src/wrangler.ts'

await using model = await LLMWrangler.create({ platform: 'ollama', model: 'qwen3:8b', system: 'Be brief' })
try {
  for await (const piece of model.stream('Name a prime number')) writeSync(1, piece)
} catch (error) {
  if (!(error instanceof LlmFailure) || error.kind !== 'cut') throw error
  writeSync(2, '(and so on)\n')
}
