import { parseStream } from '@loop-runner/block-format'
import { expect, test } from 'vitest'
import { readScore, tellingLine } from './read-report.ts'

const score = (value: string) => `<<<< score <<<<\n${value}\n>>>>>>>>\n`
const NOT_RUN = '<<<< not-run <<<<\npytest -q\n>>>>>>>>\n'

test.each([
  ['the mean of the runs', score('0.5') + score('1'), false, 0.75],
  ['a run that a failure left out is 0', score('0.5') + NOT_RUN, false, 0.25],
  ['so getting to it is never a step back', score('1') + score('0'), false, 0.5],
  ['what is no score does not count', score('2') + score('good') + score('0.5'), false, 0.5],
  ['no score and a pass', '', true, 1],
  ['no score and a fail', NOT_RUN, false, 0],
])('%s', (_title, checked, passed, expected) => {
  expect(readScore(parseStream(checked), passed)).toBe(expected)
})

const TAP = '<<<< stdout <<<<\nnot ok 1 - adds\n1..1\n# fail 1\n# duration_ms …\n>>>>>>>>\n'

test.each([
  ['the last line that speaks of a failure', TAP, '# fail 1'],
  ['the last line where none does', '<<<< stdout <<<<\none\ntwo\n\n>>>>>>>>\n<<<< stderr <<<<\n>>>>>>>>\n', 'two'],
  ['the first finding', `<<<< findings <<<<\na:1: x\n>>>>>>>>\n${TAP}`, 'a:1: x'],
  ['how many more there are', '<<<< findings <<<<\na:1: x\nb:2: y\nc:3: z\n>>>>>>>>\n', 'a:1: x (and 2 more)'],
  ['no control characters', '<<<< stdout <<<<\n\u001b[31merror\u0007\n>>>>>>>>\n', '[31merror'],
  ['what lies beside a score', '<<<< stdout <<<<\nno title\nscore: 0.25\n>>>>>>>>\n', 'no title'],
  ['nothing where nothing was said', '<<<< status <<<<\n1\n>>>>>>>>\n', ''],
])('what a check says in one line: %s', (_title, checked, expected) => {
  expect(tellingLine(parseStream(checked))).toBe(expected)
})
