import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatDuration } from './duration.js'

test('shown 1', () => assert.deepEqual(formatDuration(61), '0:01:01'))
