import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wrap } from './wrap.js'

test('shown 1', () => assert.deepEqual(wrap('one two three', 7), ['one two', 'three']))
