import assert from 'node:assert/strict'
import { test } from 'node:test'
import { totals } from '../src/totals.js'

const order = (customer, quantity, cents) => ({ customer, item: 'pen', quantity, cents })

test('orders of one customer are added up', () => {
  assert.deepEqual(totals([order('Ada', 2, 100), order('Bob', 1, 50), order('Ada', 1, 25)]), { Ada: 225, Bob: 50 })
})

test('from 100.00 on it is 5 % cheaper, in whole cents', () => {
  assert.deepEqual(totals([order('Ada', 1, 10_000), order('Bob', 1, 10_001)]), { Ada: 9_500, Bob: 9_501 })
})
