import { parseStream } from '@loop-runner/block-format'
import { describe, expect, test } from 'vitest'
import { prompt, runParts, SOURCE } from '../support/sample-stream.ts'

const KEY = 'ghp_'.concat('q7Zt4Kx9Rb2Mw8Yv3Lp6Nd5Hs1Jc0Fg7Ta4U')
const LEAK = { name: 'src/b.py', content: `import x\n\nTOKEN = "${KEY}"\n` }
const RUN = runParts('lint', 1)

describe('secrets are refused with file and line', () => {
  test.each([
    ['in a source', [LEAK, ...RUN], {}, 'src/b.py: line 3: GitHub token (remove it'],
    ['in a script', [{ ...LEAK, name: 'l.sh' }, ...runParts('./l.sh', 1)], {}, 'l.sh: line 3: GitHub token ('],
    [
      'in a script of two runs',
      [{ ...LEAK, name: 'l.sh' }, ...runParts('./l.sh', 1), ...runParts('./l.sh', 1)],
      {},
      'lr-prompt: l.sh: line 3: GitHub token (',
    ],
    ['in output', [SOURCE, ...runParts('lint', 1, { stderr: `${KEY}\n` })], {}, 'stderr: line 1: GitHub token'],
    ['in a command line', [SOURCE, ...runParts(`lint --key ${KEY}`, 1)], {}, 'command line: line 1: GitHub token'],
    [
      'in two places',
      [LEAK, { ...LEAK, name: 'c.py' }, ...RUN],
      {},
      'src/b.py: line 3: GitHub token; c.py: line 3: GitHub token (',
    ],
    [
      'by name',
      [{ name: 'deploy/.env.local', content: 'A=1\n' }, ...RUN],
      {},
      'deploy/.env.local: line 1: a file of secrets (',
    ],
    [
      'by a variable of ours',
      [{ name: 'a.py', content: 'x = "hello-5678-world"\n' }, ...RUN],
      { MY_API_KEY: 'hello-5678-world' },
      'a.py: line 1: the value of MY_API_KEY (',
    ],
  ])('%s', async (_case, parts, env, message) => {
    const { status, stdout, stderr } = await prompt([], parts, { env })
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
    expect(stderr).toContain(message)
    expect(stderr).not.toContain(KEY.slice(4))
    expect(stderr.trimEnd()).not.toContain('\n')
  })
})

test.each([
  ['a file that only shows how', [{ name: '.env.example', content: 'A=1\n' }, ...RUN], {}],
  ['a variable that is a word', [SOURCE, ...RUN], { PRINT_TOKEN: 'print' }],
  ['an empty file', [{ name: '.env', content: '' }, ...RUN], {}],
])('%s is no secret', async (_case, parts, env) => {
  const { status } = await prompt([], parts, { env })
  expect(status).toBe(0)
})

test('--redact puts a mark there, and the file is not to be edited', async () => {
  const { status, stdout, stderr } = await prompt(['--redact'], [LEAK, SOURCE, ...RUN])
  expect({ status, stderr }).toEqual({ status: 0, stderr: 'lr-prompt: src/b.py: line 3: GitHub token redacted\n' })
  expect(parseStream(stdout).slice(0, 4)).toEqual([
    { text: 'Here are some files for reference only; send no new versions of them\n' },
    { name: 'src/b.py', content: 'import x\n\nTOKEN = "[redacted: GitHub token]"\n' },
    { text: 'Files\n' },
    SOURCE,
  ])
})

test('--allow-secrets sends it', async () => {
  const { status, stdout } = await prompt(['--allow-secrets'], [LEAK, ...RUN])
  expect({ status, held: stdout.includes(KEY) }).toEqual({ status: 0, held: true })
})
