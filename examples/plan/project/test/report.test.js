const assert = require('node:assert')
const { test } = require('node:test')
const { report } = require('../src/report.js')
test('has a line each, by name', () => assert.equal(report('pears\napples 3\n'), 'apples 3\npears 1\n'))
