import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseQuery } from './query.js'

test('hidden 1', () => assert.deepEqual(parseQuery(''), {}))
test('hidden 2', () => assert.deepEqual(parseQuery('a=1&a=2'), { a: '2' }))
test('hidden 3', () => assert.deepEqual(parseQuery('q=a%20b&x='), { q: 'a b', x: '' }))
