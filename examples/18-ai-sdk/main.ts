/** A tool for the AI SDK that fixes files until a check passes, called by a model that is scripted here. */
import { generateText, stepCountIs, tool } from 'ai'
import { MockLanguageModelV3 } from 'ai/test'
import { runLoop } from 'loop-runner'
import * as z from 'zod'

export const fixUntilPass = tool({
  description: 'Let another model change the sources until the tests pass. Takes minutes.',
  inputSchema: z.object({ sources: z.array(z.string()), task: z.string() }),
  execute: async ({ sources, task }, { abortSignal }) => {
    const run = runLoop({
      sources,
      instructions: task,
      checkCommand: ['node', '--test'],
      iterations: 5,
      noGit: true,
      ...(abortSignal === undefined ? {} : { signal: abortSignal }),
    })
    for await (const event of run)
      if (event.event === 'checked') console.log(`check: ${event.passed ? 'passes' : 'fails'}`)
    const { status, reason } = await run.summary
    return { passed: status === 0, reason }
  },
})

const usage = {
  inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 1, text: 1, reasoning: 0 },
}
const step = (content: object, finish: string) => ({
  content: [content],
  finishReason: { unified: finish, raw: finish },
  usage,
  warnings: [],
})
const input = JSON.stringify({ sources: ['add.js'], task: 'Fix add.' })
const script = [
  step({ type: 'tool-call', toolCallId: '1', toolName: 'fixUntilPass', input }, 'tool-calls'),
  step({ type: 'text', text: 'The tests pass now.' }, 'stop'),
]
const model = new MockLanguageModelV3({ doGenerate: script as never })

const { text, steps } = await generateText({
  model,
  tools: { fixUntilPass },
  stopWhen: stepCountIs(3),
  prompt: 'Make the tests pass.',
})
console.log(JSON.stringify(steps[0]?.toolResults[0]?.output))
console.log(text)
