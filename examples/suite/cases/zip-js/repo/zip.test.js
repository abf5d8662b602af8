import assert from 'node:assert/strict'
import { test } from 'node:test'
import { zip } from './zip.js'

test('shown 1', () => assert.deepEqual(zip([1, 2], ['a', 'b']), [[1, 'a'], [2, 'b']]))
test('shown 2', () => assert.deepEqual(zip([], [1]), []))
