import assert from 'node:assert/strict'
import { test } from 'node:test'
import { median } from './median.js'

test('hidden 1', () => assert.deepEqual(median([]), undefined))
test('hidden 2', () => assert.deepEqual(median([10, 9, 1]), 9))
test('hidden 3', () => assert.deepEqual(((a) => (median(a), a))([3, 1]), [3, 1]))
