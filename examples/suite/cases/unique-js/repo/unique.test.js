import assert from 'node:assert/strict'
import { test } from 'node:test'
import { uniqueBy } from './unique.js'

test('shown 1', () => assert.deepEqual(uniqueBy(['a', 'b', 'A'], (s) => s.toLowerCase()), ['a', 'b']))
