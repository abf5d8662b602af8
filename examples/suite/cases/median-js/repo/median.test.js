import assert from 'node:assert/strict'
import { test } from 'node:test'
import { median } from './median.js'

test('shown 1', () => assert.deepEqual(median([3, 1, 2]), 2))
test('shown 2', () => assert.deepEqual(median([1, 2]), 1.5))
