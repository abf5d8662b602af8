import { tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { block, planIn } from '../support/plan-in.ts'

const OLD = 'one\r\ntwo\r\n'
async function exact(path: string, content: string, options = {}) {
  using folder = tempFolder({ 'a.txt': OLD })
  return await planIn(folder.path, block(path, content), ['a.txt'], { reply: 'exact', ...options })
}

test.each([
  ['line ends of another kind', 'one\ntwo\n'],
  ['a comment that stands for the rest', '# ... rest of the file unchanged ...\n'],
  ['trailing blanks', 'one  \n\n\n'],
  ['a file that becomes much shorter', '\n'],
])('%s are written as they are', async (_, content) => {
  const plan = await exact('a.txt', content)
  expect(plan.rejected).toEqual([])
  expect(plan.changes.map(({ next }) => next?.bytes.toString())).toEqual([content])
})

const KEY = `token = "ghp_${'a'.repeat(36)}"\n`

test('a key is refused, unless keys are allowed', async () => {
  expect(await exact('a.txt', KEY)).toMatchObject({ changes: [], rejected: [{ path: 'a.txt' }] })
  expect((await exact('a.txt', KEY, { 'allow-secrets': true })).changes).toHaveLength(1)
})
