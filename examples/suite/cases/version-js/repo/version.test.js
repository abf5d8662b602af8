import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareVersions } from './version.js'

test('shown 1', () => assert.deepEqual(Math.sign(compareVersions('1.2.0', '1.10.0')), -1))
