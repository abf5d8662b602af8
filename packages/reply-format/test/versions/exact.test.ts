import { expect, test } from 'vitest'
import { review } from '../support/review.ts'

const exact = (content: string, given = {}) =>
  review('a.py', content, 'x = 1\n'.repeat(50), { isExact: true, ...given })

test.each([
  '',
  'x\r\n',
  'no newline',
  '# ... rest unchanged ...\n',
  '<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n',
])('the version %j is taken as it is', (content) => {
  expect(exact(content)).toEqual({ content, noted: [], isEdit: false })
})

test('a key is refused, unless keys are allowed', () => {
  const content = `token = "ghp_${'a'.repeat(36)}"\n`
  expect(exact(content)).toHaveProperty('refused')
  expect(exact(content, { allowsSecrets: true })).toEqual({ content, noted: [], isEdit: false })
})
