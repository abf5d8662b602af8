import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatReport } from '../src/format-report.js'
import { report } from '../src/report.js'

test('amounts have two decimals in one column', () => {
  assert.equal(formatReport({ Ada: 1205, Grace: 30 }), 'Ada            12.05\nGrace           0.30\n')
})

test('the highest total comes first', () => {
  const names = formatReport({ Ada: 900, Bob: 12_000, Cleo: 1_000 }).split('\n').map((line) => line.split(' ')[0])
  assert.deepEqual(names, ['Bob', 'Cleo', 'Ada', ''])
})

test('a report from a text', () => {
  const text = 'customer,item,quantity,cents\nAda,pen,3,120\n"Bell, A",cable,2,5000\nAda,ink,1,45\n'
  assert.equal(report(text), 'Bell, A        95.00\nAda             4.05\n')
})
