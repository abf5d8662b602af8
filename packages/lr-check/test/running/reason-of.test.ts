import { expect, test } from 'vitest'
import { reasonOf } from '../../src/running/reason-of.ts'

const NODE = `node:internal/modules/cjs/loader:1210
  throw err;
  ^

Error: Cannot find module '/work/nosuch.js'
    at Module._resolveFilename (node:internal/modules/cjs/loader:1207:15) {
  code: 'MODULE_NOT_FOUND',
  requireStack: []
}

Node.js v20.20.2
`

test.each([
  ['node', '', NODE, "Error: Cannot find module '/work/nosuch.js'"],
  [
    'npx',
    '',
    'npm error npx canceled due to missing packages and no YES option: ["tscc@0.0.2"]\nnpm error A complete log of this run can be found in: x.log\n',
    'npm error npx canceled due to missing packages and no YES option: ["tscc@0.0.2"]',
  ],
  ['npm, on standard output', 'Unknown command: "tset"\n\n\nDid you mean this?\n', '', 'Unknown command: "tset"'],
  [
    'python',
    '',
    'Traceback (most recent call last):\n  File "error.py", line 1\n    import b\nModuleNotFoundError: No module named \'b\'\n',
    "ModuleNotFoundError: No module named 'b'",
  ],
  [
    'a warning first',
    '',
    'warning: an old option\nerror: no such command: `nosuch`\n\nhelp: see cargo --list\n',
    'error: no such command: `nosuch`',
  ],
  ['no error named', '', 'first\nno plugin\n', 'no plugin'],
  ['control characters', '', 'error: \u001b[2J\n', 'error: ␛[2J'],
  ['nothing on standard error', 'one\ntwo\n', '', undefined],
  ['a line for no reader', '', `${'x'.repeat(301)}\n`, undefined],
  ['nothing', '', '', undefined],
])('of %s', (_, stdout, stderr, reason) => {
  expect(reasonOf(stdout, stderr)).toBe(reason)
})
