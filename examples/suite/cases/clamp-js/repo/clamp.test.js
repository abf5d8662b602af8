import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clamp } from './clamp.js'

test('shown 1', () => assert.deepEqual(clamp(5, 0, 3), 3))
test('shown 2', () => assert.deepEqual(clamp(-1, 0, 3), 0))
