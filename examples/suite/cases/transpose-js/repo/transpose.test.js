import assert from 'node:assert/strict'
import { test } from 'node:test'
import { transpose } from './transpose.js'

test('shown 1', () => assert.deepEqual(transpose([[1, 2], [3, 4]]), [[1, 3], [2, 4]]))
test('shown 2', () => assert.deepEqual(transpose([[1, 2, 3]]), [[1], [2], [3]]))
