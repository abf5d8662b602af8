import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type ProcessRequest, runProcess } from '../../src/processes/run-process.ts'
import { tempFolder } from '@loop-runner/test-kit'

const io = { onInterrupt: () => () => {} }

/** Runs a line of sh; gives what it printed along with how it ended. */
async function sh(script: string, request: Partial<ProcessRequest> = {}) {
  const chunks: Buffer[] = []
  const take = (chunk: Buffer) => void chunks.push(chunk)
  const env = { PATH: process.env['PATH'] }
  const all = { file: 'sh', args: ['-c', script], cwd: '/', env, stdout: take, stderr: take, ...request }
  const result = await runProcess(all, io)
  return { ...result, output: Buffer.concat(chunks).toString() }
}

test.each([
  { script: 'echo out; echo err >&2', status: 0, output: 'out\nerr\n' },
  { script: 'exit 7', status: 7, output: '' },
  { script: 'kill -SEGV $$', status: 139, output: '' },
  { script: 'cat', status: 0, output: '' },
  { script: 'echo "$PWD"', status: 0, output: '/\n' },
])('$script ends with $status', async ({ script, status, output }) => {
  expect(await sh(script)).toMatchObject({ status, output, timedOut: false, startError: undefined })
})

test.each([
  { file: './absent', status: 127, startError: 'ENOENT' },
  { file: './plain', status: 126, startError: 'EACCES' },
])('$file cannot be started: $status', async ({ file, status, startError }) => {
  using folder = tempFolder({ plain: 'echo x\n' })
  expect(await sh('', { file, args: [], cwd: folder.path })).toMatchObject({ status, startError })
})

test('a folder that is not there is the start that fails', async () => {
  expect(await sh('true', { cwd: '/no/such/folder' })).toMatchObject({ status: 127, startError: 'ENOENT' })
})

test('what is fed arrives, and a child that does not read it is no error', async () => {
  const text = 'x'.repeat(3_000_000)
  expect((await sh('wc -c', { stdin: text })).output.trim()).toBe('3000000')
  expect(await sh('exit 3', { stdin: text })).toMatchObject({ status: 3 })
})

test('a child that prints more than it may is stopped, also where a file takes what it prints', async () => {
  using folder = tempFolder({ out: '' })
  const file = openSync(join(folder.path, 'out'), 'w')
  const flood = { maxStdoutBytes: 100_000 }
  expect(await sh('printf fine; exit 3', flood)).toMatchObject({ status: 3, flooded: false, output: 'fine' })
  const collected = await sh('exec yes', flood)
  expect(collected).toMatchObject({ flooded: true, signal: 'SIGTERM' })
  expect(collected.output.length).toBeLessThanOrEqual(100_000)
  expect(await sh('exec yes', { ...flood, stdout: file })).toMatchObject({ flooded: true, signal: 'SIGTERM' })
  // It has usually ended before the file is looked at.
  expect(await sh('yes | head -c 200000', { ...flood, stdout: file })).toMatchObject({ flooded: true })
  closeSync(file)
})

/** Children that a plain limit on the leader does not end, or that leave a process behind that holds the pipe. */
const SURVIVORS = 'sleep 60'
/** Less than they would keep us. */
const LIMIT_MS = 30_000
test.each([
  { what: 'waits', script: SURVIVORS },
  { what: 'ignores the request to end', script: `trap '' TERM; while :; do sleep 0.1; done` },
  { what: 'left a grandchild that holds the pipe', script: `${SURVIVORS} & ${SURVIVORS}` },
  { what: 'put its work into a session of its own', script: `setsid ${SURVIVORS} & wait` },
  { what: 'turns job control on', script: `set -m; ${SURVIVORS} & wait` },
  {
    what: 'starts another when it is asked to end',
    script: `trap '${SURVIVORS} & exit' TERM; while :; do sleep 0.1; done`,
  },
])(
  'a child that $what is over soon after its time',
  async ({ script }) => {
    expect(await sh(script, { timeoutMs: 200 })).toMatchObject({ status: 124, timedOut: true })
  },
  LIMIT_MS,
)

test.each([
  { what: 'in its group', script: `${SURVIVORS} & echo done` },
  { what: 'in another session', script: `setsid ${SURVIVORS} & echo done` },
])(
  'a child that ends by itself and leaves a process $what is over',
  async ({ script }) => {
    expect(await sh(script)).toMatchObject({ status: 0, output: 'done\n', timedOut: false })
  },
  LIMIT_MS,
)

test('who is left in the group of a child that has ended is ended', async () => {
  using folder = tempFolder()
  await sh('sleep 60 > /dev/null 2>&1 & echo $! > pid', { cwd: folder.path })
  // If no process waits for orphans it stays as a zombie (Z).
  const state = `sed -n 's/^State:.\\(.\\).*/\\1/p' "/proc/$(cat pid)/status" 2> /dev/null | grep -v Z; true`
  expect(await sh(state, { cwd: folder.path })).toMatchObject({ output: '' })
})
