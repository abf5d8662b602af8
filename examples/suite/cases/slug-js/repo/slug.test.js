import assert from 'node:assert/strict'
import { test } from 'node:test'
import { slug } from './slug.js'

test('shown 1', () => assert.deepEqual(slug('Hello World'), 'hello-world'))
