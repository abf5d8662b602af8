import assert from 'node:assert/strict'
import { test } from 'node:test'
import { zip } from './zip.js'

test('hidden 1', () => assert.deepEqual(zip([1, 2, 3], ['a']), [[1, 'a']]))
test('hidden 2', () => assert.deepEqual(zip([1], ['a', 'b', 'c']), [[1, 'a']]))
test('hidden 3', () => assert.deepEqual(zip([null], [undefined]), [[null, undefined]]))
