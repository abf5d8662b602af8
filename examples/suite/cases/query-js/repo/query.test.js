import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseQuery } from './query.js'

test('shown 1', () => assert.deepEqual(parseQuery('a=1&b=2'), { a: '1', b: '2' }))
