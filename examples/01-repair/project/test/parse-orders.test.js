import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseOrders } from '../src/parse-orders.js'

test('fields become numbers', () => {
  const orders = parseOrders('customer,item,quantity,cents\nAda,pen,3,120\n')
  assert.deepEqual(orders, [{ customer: 'Ada', item: 'pen', quantity: 3, cents: 120 }])
})

test('a quoted field may hold a comma', () => {
  const [order] = parseOrders('customer,item,quantity,cents\n"Bell, Alexander",cable,1,900\n')
  assert.equal(order.customer, 'Bell, Alexander')
})
