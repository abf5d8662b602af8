import type { Program } from '@loop-runner/cli-kit'
import { ask } from './ask.ts'
import { keys } from './keys.ts'

export const llm: Program = {
  name: 'lr-llm',
  main: ask,
  commands: { keys },
}
