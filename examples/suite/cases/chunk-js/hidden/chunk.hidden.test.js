import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chunk } from './chunk.js'

test('hidden 1', () => assert.deepEqual(chunk([], 2), []))
test('hidden 2', () => assert.deepEqual(chunk([1, 2], 5), [[1, 2]]))
test('hidden 3', () => assert.deepEqual(chunk([1, 2, 3, 4], 2), [[1, 2], [3, 4]]))
