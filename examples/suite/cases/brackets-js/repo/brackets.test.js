import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isBalanced } from './brackets.js'

test('shown 1', () => assert.deepEqual(isBalanced('(a[b])'), true))
test('shown 2', () => assert.deepEqual(isBalanced('(]'), false))
