import assert from 'node:assert/strict'
import { test } from 'node:test'
import { slug } from './slug.js'

test('hidden 1', () => assert.deepEqual(slug('  A  --  B! '), 'a-b'))
test('hidden 2', () => assert.deepEqual(slug(''), ''))
test('hidden 3', () => assert.deepEqual(slug('100 % sure'), '100-sure'))
