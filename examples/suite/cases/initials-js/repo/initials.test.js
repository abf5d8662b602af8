import assert from 'node:assert/strict'
import { test } from 'node:test'
import { initials } from './initials.js'

test('shown 1', () => assert.deepEqual(initials('ada lovelace'), 'AL'))
test('shown 2', () => assert.deepEqual(initials('Grace Brewster Hopper'), 'GBH'))
