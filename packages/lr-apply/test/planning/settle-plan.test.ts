import { tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { block, planIn } from '../support/plan-in.ts'

describe('a repair is noted once, and only for a version that is written', () => {
  const hunk = '--- a/a.ts\n+++ b/a.ts\n@@ -1 +1 @@\n-old\n+new\n'
  const section = '<<<<<<< SEARCH\nold\n=======\nnew\n>>>>>>> REPLACE\n'
  const tool = '<write_to_file>\n<path>b.ts</path>\n</write_to_file>\n'
  test.each([
    { what: 'a name', reply: block('`a.ts`', 'new\n'), codes: ['decorated-name'] },
    { what: 'hunks', reply: hunk, codes: ['hunks'] },
    { what: 'sections', reply: `a.ts\n${section}`, codes: ['edit-outside'] },
    { what: 'a fence', reply: 'a.ts\n```ts\nnew\n```\n', codes: ['fence-version'] },
    { what: 'a name, refused', reply: block('`a.ts`', 'new\n') + block('../b.ts', 'x\n'), codes: [] },
    { what: 'sections, refused', reply: `a.ts\n${section}${tool}`, codes: [] },
    { what: 'hunks, refused', reply: hunk.replace('-old', '-other'), codes: [] },
    { what: 'a fence, refused', reply: 'a.ts\n```ts\n// ... rest of the code\n```\n', codes: [] },
    {
      what: 'a name in the written part',
      reply: block('`a.ts`', 'new\n') + block('`b.ts`', '// ... rest of the code\n'),
      options: { partial: true },
      codes: ['decorated-name'],
    },
    {
      what: 'reasoning, refused',
      reply: `<think>\nHm.\n</think>\n${block('../b.ts', 'x\n')}`,
      codes: ['reasoning'],
    },
  ])('$what', async ({ reply, options, codes }) => {
    using folder = tempFolder({ 'a.ts': 'old\n', 'b.ts': 'old\n' })
    const { noted } = await planIn(folder.path, reply, [], options)
    expect(noted.map(({ code }) => code)).toEqual(codes)
  })
})
