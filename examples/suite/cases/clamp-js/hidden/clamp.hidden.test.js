import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clamp } from './clamp.js'

test('hidden 1', () => assert.deepEqual(clamp(2, 0, 3), 2))
test('hidden 2', () => assert.deepEqual(clamp(3, 3, 3), 3))
