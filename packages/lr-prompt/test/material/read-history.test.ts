import { expect, test } from 'vitest'
import { readHistory } from '../../src/material/read-history.ts'

const block = (name: string, content: string) => `<<<< ${name} <<<<\n${content}>>>>>>>>\n`

test.each([
  ['nothing', '', []],
  ['one attempt', block('changed', 'a\n') + block('outcome', 'fail\n'), [['changed', 'outcome']]],
  [
    'text between',
    `Attempt 1\n${block('changed', 'a\n')}Attempt 2\n${block('rejected', 'b\n')}`,
    [['changed'], ['rejected']],
  ],
  [
    'a role again',
    block('changed', 'a\n') + block('diff', '') + block('changed', 'b\n'),
    [['changed', 'diff'], ['changed']],
  ],
  ['text alone', 'nothing yet\n', []],
])('%s', (_case, stream, expected) => {
  expect(readHistory(stream, 'h').map(({ blocks }) => blocks.map(({ name }) => name))).toEqual(expected)
})

test('a broken one is named', () => {
  expect(() => readHistory('<<<< diff <<<<\n', 'h.txt')).toThrow('h.txt: line 1: block "diff" is never closed')
})
