import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chunk } from './chunk.js'

test('shown 1', () => assert.deepEqual(chunk([1, 2, 3], 2), [[1, 2], [3]]))
