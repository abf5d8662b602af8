import { expect, test } from 'vitest'
import { describeAttempts, describeBest } from '../../src/material/describe-attempts.ts'

const attempt = (blocks: Readonly<Record<string, string>>) =>
  Object.entries(blocks).map(([name, content]) => ({ name, content }))

test.each<[string, Record<string, string>, string]>([
  ['a change', { changed: 'a.py\nb.py\n', outcome: 'fail\n' }, 'Reply 1 changed a.py, b.py; the check: fail\n'],
  [
    'a change with its diff',
    { changed: 'a.py\n', diff: '--- a/a.py\n+++ b/a.py\n@@ -1 +1,2 @@\n-x\n+y\n+z\n' },
    'Reply 1 changed a.py (+2 -1 lines)\n',
  ],
  [
    'a change that was taken back',
    { changed: 'a.py\n', outcome: 'fail\n', score: '0.5\nmissing: x\n', restored: '0\n' },
    'Reply 1 changed a.py; the check: fail, score 0.50; then all was taken back\n',
  ],
  [
    'a refusal',
    { rejected: 'a.py: elided\n' },
    'Reply 1 changed nothing, because it was refused\n  refused: a.py: elided\n',
  ],
  [
    'more refusals than are shown',
    { rejected: 'a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\n' },
    'Reply 1 changed nothing, because it was refused\n  refused: a: 1\n  refused: b: 2\n  refused: c: 3\n  refused: d: 4\n  refused: 2 more\n',
  ],
  [
    'a change of which a part was refused',
    { changed: 'a.py\n', rejected: 'b.py: protected\n' },
    'Reply 1 changed a.py\n  refused: b.py: protected\n',
  ],
  ['files sent as they are', { unchanged: 'a.py\n' }, 'Reply 1 sent a.py as it was, so it changed nothing\n'],
  ['a request for files', { show: 'a.py\nb.py\n' }, 'Reply 1 asked to see a.py, b.py\n'],
  [
    'a declaration',
    { declared: 'No further improvements possible\n' },
    'Reply 1 declared that nothing is left to do\n',
  ],
  ['an obstacle', { blocked: 'needs lib.c\n' }, 'Reply 1 changed nothing\n  needs lib.c\n'],
  [
    'a note',
    { note: 'The reply is the same as reply 1.\n' },
    'Reply 1 changed nothing\n  The reply is the same as reply 1.\n',
  ],
  [
    'an explanation',
    { changed: 'a\n', explanation: '\nWhy: add() subtracted.\nMore.\n' },
    'Reply 1 changed a\n  it said: Why: add() subtracted.\n',
  ],
  [
    'a long explanation',
    { explanation: `${'x'.repeat(200)}\n` },
    `Reply 1 changed nothing\n  it said: ${'x'.repeat(160)}…\n`,
  ],
  ['many files', { changed: '1\n2\n3\n4\n5\n6\n7\n8\n' }, 'Reply 1 changed 1, 2, 3, 4, 5, 6 and 2 more\n'],
  ['a number of its own', { iteration: '7\n', changed: 'a\n' }, 'Reply 7 changed a\n'],
  [
    'the state before any reply',
    { iteration: '0\n', outcome: 'fail\n', score: '0\n' },
    'Before the first reply; the check: fail, score 0.00\n',
  ],
  ['a score that is nearly a pass', { changed: 'a\n', score: '0.9999\n' }, 'Reply 1 changed a; score 0.99\n'],
])('describes %s', (_case, blocks, text) => {
  expect(describeAttempts([attempt(blocks)]).map((one) => one.text)).toEqual([text])
})

test('scores are compared with the attempt before, and the best is named', () => {
  const attempts = describeAttempts([
    attempt({ iteration: '0\n', score: '0.25\n' }),
    attempt({ changed: 'a\n', score: '0.5\n' }),
    attempt({ changed: 'a\n', score: '0.5\n' }),
    attempt({ changed: 'b\n', score: '0.25\n', restored: '1\n' }),
  ])
  expect(attempts.map(({ text }) => text).join('') + describeBest(attempts)).toBe(`Before the first reply; score 0.25
Reply 1 changed a; score 0.50 (up from 0.25)
Reply 2 changed a; score 0.50 (as before)
Reply 3 changed b; score 0.25 (down from 0.50); then the files were taken back to those after reply 1
Best so far: the files after reply 1, score 0.50
`)
})

test('older attempts are one line, and the oldest of many are omitted', () => {
  const attempts = describeAttempts(
    Array.from({ length: 30 }, (_, index) => attempt({ changed: 'a\n', note: `note ${index}\n` })),
  )
  const lines = attempts.map(({ text }) => text.split('\n').length - 1)
  expect(lines).toEqual([...Array(10).fill(0), ...Array(15).fill(1), ...Array(5).fill(2)])
})
