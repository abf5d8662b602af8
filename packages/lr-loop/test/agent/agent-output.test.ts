import { expect, test } from 'vitest'
import { readAgentOutput } from '../../src/agent/agent-output.ts'

const CACHED = {
  input_tokens: 4,
  cache_read_input_tokens: 900000,
  cache_creation_input_tokens: 50000,
  output_tokens: 500,
}

test.each([
  { of: 'claude, with its cache', usage: CACHED, input: 950004, output: 500 },
  {
    of: 'codex, whose cached tokens are among the input',
    usage: { input_tokens: 100, cached_input_tokens: 80, output_tokens: 20 },
    input: 100,
    output: 20,
  },
  { of: 'a cache alone', usage: { cache_read_input_tokens: 7 }, input: 7, output: null },
  { of: 'no numbers', usage: {}, input: null, output: null },
])('the usage of $of', ({ usage, input, output }) => {
  const { usage: read } = readAgentOutput(JSON.stringify({ result: 'Done.', usage }), '', undefined)
  expect(read).toEqual({ input, output, cost: null })
})

test.each([
  ['I tried.\nblocked: the test is wrong\n', 'the test is wrong'],
  ['I tried.\n\n**Blocked:** no network\n\n', 'no network'],
  ['Blocked: nothing, will go on next turn.\nMore is to do.', undefined],
  ['not blocked: at all', undefined],
])('blocked: %j', (words, blocked) => {
  expect(readAgentOutput(words, '', undefined).blocked).toBe(blocked)
})
