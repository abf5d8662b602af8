import assert from 'node:assert/strict'
import { test } from 'node:test'
import { uniqueBy } from './unique.js'

test('hidden 1', () => assert.deepEqual(uniqueBy([], (x) => x), []))
test('hidden 2', () => assert.deepEqual(uniqueBy([1, 1, 2], (x) => x), [1, 2]))
