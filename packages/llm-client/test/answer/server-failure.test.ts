import { expect, test } from 'vitest'
import type { Answer } from '../../src/answer/answer.ts'
import { streamFailure } from '../../src/answer/server-failure.ts'

test.each([
  { what: 'before an answer', text: '', kind: 'context', partial: undefined, says: /the prompt is too long/ },
  {
    what: 'in an answer',
    text: 'half',
    kind: 'full',
    partial: 'half',
    says: /truncated.*context is full: context length exceeded/,
  },
])('an error that says that the context is full, $what', ({ text, kind, partial, says }) => {
  const asked = { label: 'some/model', promptTokens: 2, hasKey: true }
  const usage = { prompt: 2, completion: 1 }
  const error = { message: 'context length exceeded', code: 'context_length_exceeded' }
  const failure = streamFailure(asked, error, { text, usage } as unknown as Answer)
  expect(failure).toMatchObject({ kind, partial, usage })
  expect(failure.message).toMatch(says)
})
