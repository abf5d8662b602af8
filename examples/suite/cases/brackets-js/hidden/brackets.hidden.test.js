import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isBalanced } from './brackets.js'

test('hidden 1', () => assert.deepEqual(isBalanced(''), true))
test('hidden 2', () => assert.deepEqual(isBalanced('('), false))
test('hidden 3', () => assert.deepEqual(isBalanced(')'), false))
test('hidden 4', () => assert.deepEqual(isBalanced('{[}]'), false))
