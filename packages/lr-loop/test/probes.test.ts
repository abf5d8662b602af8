import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { run, tempFolder } from '@loop-runner/test-kit'
import { chatStream, type Handler, send, sendAndCut, serve } from '@loop-runner/test-kit/server'
import { describe, expect, test } from 'vitest'
import type { Summary } from '../src/summary.ts'

const BAD = 'export const add = (a, b) => a - b\n'
const GOOD = 'export const add = (a, b) => a + b\n'
const WRONG = 'export const add = (a, b) => a * b\n'
const block = (content: string) => `<<<< add.js <<<<\n${content}>>>>>>>>\n`
const DONE = 'All tests pass now.\nNo further improvements possible\n'
const CUT = '<<<< add.js <<<<\nexport const add = (a,'

/** A whole answer, or one that ended for another reason, as a server sends it that streams. */
const streamed = (text: string, finish = 'stop') => send(200, chatStream([text.slice(0, 9), text.slice(9)], finish))
/** The same from a server that does not. */
const atOnce = (text: string, finish = 'stop') =>
  send(200, JSON.stringify({ choices: [{ index: 0, message: { content: text }, finish_reason: finish }] }), {
    'content-type': 'application/json',
  })
const failure = (status: number) => send(status, '{"error":{"message":"no, canary-key"}}')

const TESTS = ['sh', '-c', 'node -e "import(\'./add.js\').then(({ add }) => process.exit(add(1, 2) === 3 ? 0 : 1))"']
const NODE_TEST = `import assert from 'node:assert'
import { test } from 'node:test'
import { add } from './add.js'
test('adds', () => assert.equal(add(1, 2), 3))
`
/** Passes for a good add.js, and else never ends. */
const HANGS = ['sh', '-c', 'grep -q "a + b" add.js || exec sleep 60']

/** What a model and its server may do, and how the loop must end. */
interface Probe {
  readonly what: string
  /** One for each call; after the last one there is no server. */
  readonly answers: readonly Handler[]
  readonly check?: readonly string[]
  readonly options?: readonly string[]
  readonly status: number
  readonly reason: Summary['reason']
  /** What add.js holds at the end; default: as it was. */
  readonly left?: string
  /** The error of the summary; default: none. */
  readonly says?: RegExp
}

const PROBES: readonly Probe[] = [
  {
    what: 'the model says that it is done, and the tests fail',
    answers: [streamed(DONE), streamed(DONE)],
    status: 1,
    reason: 'declared',
  },
  {
    what: 'the model declares once, and answers the next prompt with a repair',
    answers: [streamed(DONE), streamed(block(GOOD))],
    status: 0,
    reason: 'passed',
    left: GOOD,
  },
  {
    what: 'prose once, with --patience 1',
    answers: [streamed('I do not know.\n')],
    options: ['--patience=1'],
    status: 1,
    reason: 'no-new-versions',
  },
  {
    what: 'prose twice',
    answers: [streamed('The sign is wrong.\n'), streamed('The sign is wrong!\n')],
    status: 1,
    reason: 'no-new-versions',
  },
  {
    what: 'a wrong fix, the same again, then a repair',
    answers: [streamed(block(WRONG)), streamed(block(WRONG)), streamed(block(GOOD))],
    status: 0,
    reason: 'passed',
    left: GOOD,
  },
  {
    what: 'the same wrong fix three times',
    answers: [streamed(block(WRONG)), streamed(block(WRONG)), streamed(block(WRONG))],
    status: 1,
    reason: 'identical',
    left: WRONG,
  },
  {
    what: 'two wrong fixes in turn',
    answers: [streamed(block(WRONG)), streamed(block(BAD))],
    status: 1,
    reason: 'oscillating',
  },
  {
    what: 'a reply that ends the test process, so that nothing is checked, then a repair',
    answers: [streamed(block(`${WRONG}process.exit(0)\n`)), streamed(block(GOOD))],
    check: ['node', '--test', 'add.test.mjs'],
    status: 0,
    reason: 'passed',
    left: GOOD,
  },
  {
    what: 'the check hangs until it is fixed',
    answers: [streamed(block(GOOD))],
    check: HANGS,
    options: ['--check-timeout=1'],
    status: 0,
    reason: 'passed',
    left: GOOD,
  },
  {
    what: 'the check hangs, and the model has nothing to say',
    answers: [streamed('I do not know.\n'), streamed('I still do not know.\n')],
    check: HANGS,
    options: ['--check-timeout=1'],
    status: 1,
    reason: 'no-new-versions',
  },
  { what: 'the key is rejected', answers: [failure(401)], status: 3, reason: 'error', says: /exit code 3: .*401/ },
  { what: 'the server is overloaded', answers: [failure(503)], status: 4, reason: 'error', says: /exit code 4: .*503/ },
  { what: 'no server listens', answers: [], status: 4, reason: 'error', says: /exit code 4: .*connection refused/ },
  {
    what: 'a streamed reply is cut off by its limit, twice',
    answers: [streamed(CUT, 'length'), streamed(CUT, 'length')],
    status: 5,
    reason: 'incomplete',
  },
  {
    what: 'a reply at once is cut off by its limit, twice',
    answers: [atOnce(CUT, 'length'), atOnce(CUT, 'length')],
    status: 5,
    reason: 'incomplete',
  },
  {
    what: 'the connection breaks in a reply that looks whole, twice',
    answers: [sendAndCut(chatStream([block(GOOD)], null, '')), sendAndCut(chatStream([block(GOOD)], null, ''))],
    status: 5,
    reason: 'incomplete',
  },
  {
    what: 'a reply is cut off, and the next one is whole',
    answers: [streamed(CUT, 'length'), atOnce(block(GOOD))],
    status: 0,
    reason: 'passed',
    left: GOOD,
  },
  {
    what: 'a block that is never closed, though the server calls the reply whole',
    answers: [streamed(CUT), streamed('Sorry.\n'), streamed('Sorry.\n')],
    status: 1,
    reason: 'no-new-versions',
  },
]

describe.concurrent('honest by construction', () => {
  test.each(PROBES)(
    '$what: status $status, $reason',
    async ({ answers, check = TESTS, options = [], status, ...probe }) => {
      using folder = tempFolder({ 'add.js': BAD, 'add.test.mjs': NODE_TEST, 'package.json': '{ "type": "module" }' })
      const server = await serve((response, received, count) => answers[count - 1]?.(response, received, count))
      if (answers.length === 0) await server[Symbol.asyncDispose]()
      const args = ['--json', '--no-git', '--model=m', `--llm-url=${server.url}`, ...options, 'add.js', '--', ...check]
      const env = { LR_API_KEY: 'canary-key', LR_RETRIES: '0', XDG_STATE_HOME: join(folder.path, 'state') }
      const ran = await run('lr-loop', args, { cwd: folder.path, env })
      if (answers.length > 0) await server[Symbol.asyncDispose]()
      const { reason, error } = JSON.parse(ran.stdout) as Summary
      expect(error ?? '').toMatch(probe.says ?? /^$/)
      const left = readFileSync(join(folder.path, 'add.js'), 'utf8')
      expect({ status: ran.status, reason, calls: server.received.length, left }, ran.stderr).toEqual({
        status,
        reason: probe.reason,
        calls: answers.length,
        left: probe.left ?? BAD,
      })
      expect(ran.stderr).not.toMatch(/canary-key|^ +at /m)
    },
  )
})
