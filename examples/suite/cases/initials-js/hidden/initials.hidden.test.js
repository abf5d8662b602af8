import assert from 'node:assert/strict'
import { test } from 'node:test'
import { initials } from './initials.js'

test('hidden 1', () => assert.deepEqual(initials(''), ''))
test('hidden 2', () => assert.deepEqual(initials('  alan   turing '), 'AT'))
test('hidden 3', () => assert.deepEqual(initials('édouard lucas'), 'ÉL'))
