import { parseStream } from '@loop-runner/block-format'
import { expect, test } from 'vitest'
import { scoreOfCheck } from '../../src/stages/read-report.ts'

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
  expect(scoreOfCheck(parseStream(checked), passed)).toBe(expected)
})
