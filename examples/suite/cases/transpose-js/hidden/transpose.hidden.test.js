import assert from 'node:assert/strict'
import { test } from 'node:test'
import { transpose } from './transpose.js'

test('hidden 1', () => assert.deepEqual(transpose([]), []))
test('hidden 2', () => assert.deepEqual(transpose([[1], [2], [3]]), [[1, 2, 3]]))
test('hidden 3', () => assert.deepEqual(transpose([[0]]), [[0]]))
