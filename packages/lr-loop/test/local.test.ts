import { chmodSync, existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bash, BIN, hasProgram, run, tempFolder } from '@loop-runner/test-kit'

/** An HTTP server that behaves as Ollama's: it has a model once it was pulled, and answers with numbers in a.txt. */
const OLLAMA = `#!${process.execPath}
const { createServer } = require('node:http')
const { appendFileSync } = require('node:fs')
const log = (line) => appendFileSync(process.env.FAKE_LOG, line + '\\n')
let pulled = false
let replies = 0
const answer = (path) => {
  if (path === '/api/pull') pulled = true
  if (path === '/api/pull') return '{"status":"success"}'
  if (path !== '/api/chat') return '{"version":"0"}'
  const content = '<<<< a.txt <<<<\\n' + ++replies + '\\n>>>>>>>>\\n'
  return JSON.stringify({ message: { content }, done: true, done_reason: 'stop' }) + '\\n'
}
const [host, port] = process.env.OLLAMA_HOST.split(':')
process.on('SIGTERM', () => { log('stopped'); process.exit(0) })
createServer((request, response) => {
  log(request.url)
  response.statusCode = request.url === '/api/show' && !pulled ? 404 : 200
  response.end(answer(request.url))
}).listen(Number(port), host, () => log('serving with ' + Object.keys(process.env).filter((name) => /KEY/.test(name))))
`
const DOCKER = `#!/bin/sh
echo "docker $1" >> "$FAKE_LOG"
case $1 in
  run) OLLAMA_HOST=$OLLAMA_TEST_HOST setsid sh -c 'echo $$ > "$FAKE_LOG.pid"; exec "$0"' "$(dirname "$0")/server" > /dev/null 2>&1 &
    until [ -s "$FAKE_LOG.pid" ]; do :; done ;;
  inspect) echo running ;;
  stop) kill "$(cat "$FAKE_LOG.pid")" ;;
esac
`

/** A tree with `a.txt`, and programs on PATH that stand in for `ollama` or `docker`. */
async function stage(programs: Readonly<Record<string, string>>) {
  const files = Object.entries(programs).map(([name, text]) => [`bin/${name}`, text])
  const folder = tempFolder({ 'tree/a.txt': 'zero\n', 'bin/none': '', ...Object.fromEntries(files) })
  for (const name of Object.keys(programs)) chmodSync(join(folder.path, 'bin', name), 0o755)
  const host = `127.0.0.1:${await freePort()}`
  const log = join(folder.path, 'log')
  const env = {
    PATH: `${join(folder.path, 'bin')}:${BIN}:${dirname(process.execPath)}:/usr/bin:/bin`,
    OLLAMA_HOST: host,
    OLLAMA_TEST_HOST: host,
    FAKE_LOG: log,
    GROQ_API_KEY: 'canary',
  }
  const cwd = join(folder.path, 'tree')
  const loop = (...args: string[]) => run('lr-loop', ['--run-dir=../run', '-L', '-m', 'some:1b', ...args], { cwd, env })
  const logged = () => (existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : [])
  const count = (line: string) => logged().filter((one) => one.startsWith(line)).length
  return { cwd, env, loop, logged, count, [Symbol.dispose]: () => folder[Symbol.dispose]() }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

const until = (number: number) => ['a.txt', '--', 'grep', '-q', String(number), 'a.txt']

describe('--local', () => {
  test('one server for all requests, without keys, and stopped at the end', async () => {
    using staged = await stage({ ollama: OLLAMA })
    const { status, stderr } = await staged.loop('--no-git', ...until(3))
    expect(status, stderr).toBe(0)
    expect(staged.logged()[0]).toBe('serving with ')
    expect(staged.logged().at(-1)).toBe('stopped')
    expect(['serving', 'stopped', '/api/pull', '/api/chat'].map(staged.count)).toEqual([1, 1, 1, 3])
    expect(stderr).not.toContain('server ended')
  })

  test('no server for a check that passes', async () => {
    using staged = await stage({ ollama: OLLAMA })
    expect(await staged.loop('--no-git', 'a.txt', '--', 'true')).toMatchObject({ status: 0 })
    expect(staged.logged()).toEqual([])
  })

  test.each([
    { title: 'that uses up its iterations', args: ['--no-git', '-i1', ...until(9)], status: 1 },
    { title: 'that fails', args: ['--no-git', '--apply', 'exit 3', ...until(9)], status: 3 },
  ])('a run $title stops it', async ({ args, status }) => {
    using staged = await stage({ ollama: OLLAMA })
    expect(await staged.loop(...args)).toMatchObject({ status })
    expect(['serving', 'stopped'].map(staged.count)).toEqual([1, 1])
  })

  test('a container is stopped, too', async () => {
    using staged = await stage({ docker: DOCKER, server: OLLAMA })
    const { status, stderr } = await staged.loop('--no-git', ...until(2))
    expect(status, stderr).toBe(0)
    expect(['docker run', 'docker stop', '/api/chat'].map(staged.count)).toEqual([1, 1, 2])
  })

  test.each(['INT', 'TERM', 'HUP'])('SIG%s stops it', async (signal) => {
    using staged = await stage({ ollama: OLLAMA })
    const { status } = await staged.loop('--no-git', '--apply', `kill -${signal} $PPID; sleep 9`, ...until(9))
    expect(status).toBeGreaterThan(128)
    expect(['serving', 'stopped'].map(staged.count)).toEqual([1, 1])
  })

  test('a resumed run stops the server of a loop that was killed, and starts its own', async () => {
    using staged = await stage({ ollama: OLLAMA })
    const kill = `if mkdir ../killed 2> /dev/null; then kill -9 $PPID; sleep 9; fi; lr-apply a.txt`
    expect((await staged.loop('--no-git', '--apply', kill, ...until(2))).status).toBe(137)
    const { status, stderr } = await run('lr-loop', ['--resume', '../run'], { cwd: staged.cwd, env: staged.env })
    expect(status, stderr).toBe(0)
    expect(['serving', 'stopped'].map(staged.count)).toEqual([2, 1])
  })

  test('without any server: the error of lr-llm, with its exit code', async () => {
    using staged = await stage({ ollama: '#!/bin/sh\necho no memory >&2; exit 1\n' })
    const { status, stderr } = await staged.loop('--no-git', ...until(1))
    expect(status).toBe(3)
    expect(stderr).toMatch(/^lr-loop: lr-llm local: .*no memory/m)
  })

  test.skipIf(!hasProgram('git'))('attempts share it (git)', async () => {
    using staged = await stage({ ollama: OLLAMA })
    await bash('git init -q -b main && git add -A && git commit -qm start', { cwd: staged.cwd })
    const { status, stderr } = await staged.loop('--attempts=2', '-j2', '-i2', ...until(9))
    expect(status, stderr).toBe(1)
    expect(['serving', 'stopped', '/api/chat'].map(staged.count)).toEqual([1, 1, 4])
  })
})
