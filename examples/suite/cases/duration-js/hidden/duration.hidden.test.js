import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatDuration } from './duration.js'

test('hidden 1', () => assert.deepEqual(formatDuration(0), '0:00:00'))
test('hidden 2', () => assert.deepEqual(formatDuration(3600), '1:00:00'))
test('hidden 3', () => assert.deepEqual(formatDuration(86399), '23:59:59'))
