import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wrap } from './wrap.js'

test('hidden 1', () => assert.deepEqual(wrap('', 5), []))
test('hidden 2', () => assert.deepEqual(wrap('abcdefgh ij', 4), ['abcdefgh', 'ij']))
test('hidden 3', () => assert.deepEqual(wrap('a b c', 1), ['a', 'b', 'c']))
