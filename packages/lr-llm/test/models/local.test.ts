import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { bareEnvironment, bash, BIN, hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { type Handler, serve } from '@loop-runner/test-kit/server'
import { LLMWrangler } from '@loop-runner/llm-client'

const CHAT = '{"message":{"content":"from the model"},"done":true,"done_reason":"stop"}\n'
const PULL = [
  { status: 'pulling manifest' },
  { status: 'pulling abc', total: 200, completed: 50 },
  { status: 'pulling abc', total: 200, completed: 200 },
  { status: 'success' },
]

/** A real HTTP server that behaves as Ollama's, as a program: it has a model once that was pulled. */
const SERVER = `#!${process.execPath}
const { createServer } = require('node:http')
const { appendFileSync } = require('node:fs')
const log = (line) => appendFileSync(process.env.FAKE_LOG, line + '\\n')
let pulled = false
const answer = (path) => {
  if (path === '/api/pull') pulled = true
  if (path === '/api/pull') return ${JSON.stringify(PULL.map((line) => JSON.stringify(line)).join('\n'))}
  return path === '/api/chat' ? ${JSON.stringify(CHAT)} : '{"version":"0"}'
}
const [host, port] = process.env.OLLAMA_HOST.split(':')
process.on('SIGTERM', () => { log('stopped'); process.exit(0) })
createServer((request, response) => {
  log(request.url)
  response.statusCode = request.url === '/api/show' && !pulled ? 404 : 200
  response.end(answer(request.url))
}).listen(Number(port), host, () => log('serving with ' + Object.keys(process.env).filter((n) => /KEY/.test(n))))
`

/** A folder for PATH with stand-ins for `ollama` or `docker`, and nothing else but the shell's own. */
async function stage(programs: Readonly<Record<string, string>>) {
  const folder = tempFolder()
  const bin = join(folder.path, 'bin')
  mkdirSync(bin)
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(join(bin, name), text)
    chmodSync(join(bin, name), 0o755)
  }
  const log = join(folder.path, 'log')
  const port = await freePort()
  const env = {
    PATH: `${bin}:${dirname(process.execPath)}-none:/bin`,
    OLLAMA_HOST: `127.0.0.1:${port}`,
    FAKE_LOG: log,
    GROQ_API_KEY: 'canary',
  }
  const ask = (...args: string[]) => run(process.execPath, [join(BIN, 'lr-llm'), '-L', ...args, 'hi'], { env })
  const logged = () => (existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : [])
  return { port, env, ask, logged, [Symbol.dispose]: () => folder[Symbol.dispose]() }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

test('a server that runs is used, a model that it has is not pulled, and it is not stopped', async () => {
  const running: Handler = (response, { path }) => void response.end(path === '/api/chat' ? CHAT : '{}')
  await using server = await serve(running)
  using staged = await stage({ ollama: SERVER })
  const ran = await run('lr-llm', ['-q', '-L', '-m', 'qwen3:8b', 'hi'], {
    env: { ...staged.env, OLLAMA_HOST: server.url },
  })
  expect(ran).toEqual({ status: 0, stdout: 'from the model\n', stderr: '' })
  expect(server.received.map(({ path }) => path)).toEqual(['/api/version', '/api/show', '/api/chat'])
  expect(staged.logged()).toEqual([])
})

describe('where none runs', () => {
  test('the program is started without keys, the model pulled step by step, and the program stopped', async () => {
    using staged = await stage({ ollama: SERVER })
    const ran = await staged.ask('-m', 'ollama/some:1b')
    expect(ran).toMatchObject({ status: 0, stdout: 'from the model\n' })
    expect(ran.stderr).toMatch(/some:1b: pulling manifest\n.*some:1b: pulling abc 25 %\n.*some:1b: pulling abc 100 %/)
    const log = staged.logged()
    expect(log[0]).toBe('serving with ')
    expect(log.slice(-4)).toEqual(['/api/show', '/api/pull', '/api/chat', 'stopped'])
  })

  test('Docker is next: a volume, a port on loopback, and it is stopped', async () => {
    const docker = `#!/bin/sh
echo "docker $*" >> "$FAKE_LOG"
case $1 in
  run) OLLAMA_HOST=$OLLAMA_TEST_HOST setsid sh -c 'echo $$ > "$FAKE_LOG.pid"; exec "$0"' "$(dirname "$0")/server" > /dev/null 2>&1 &
    # Like a container it is no child of ours: done once it has left our process group.
    until [ -s "$FAKE_LOG.pid" ]; do :; done ;;
  stop) kill "$(cat "$FAKE_LOG.pid")" ;;
esac
`
    using staged = await stage({ docker, server: SERVER })
    const env = { ...staged.env, OLLAMA_TEST_HOST: `127.0.0.1:${staged.port}` }
    const ran = await run(process.execPath, [join(BIN, 'lr-llm'), '-L', 'hi'], { env })
    expect(ran).toMatchObject({ status: 0, stdout: 'from the model\n' })
    const log = staged.logged()
    const name = /--name (lr-ollama-\w+)/.exec(log.join('\n'))?.[1]
    expect(log[0]).toContain(`--volume ollama:/root/.ollama --publish 127.0.0.1:${staged.port}:11434 ollama/ollama`)
    expect(log).toContain(`docker stop ${name}`)
  })

  const docker = (run: string, state: string) => `#!/bin/sh
echo "docker $*" >> "$FAKE_LOG"
case $1 in
  run) ${run} ;;
  inspect) echo ${state} ;;
  logs) echo 'panic: no space left' >&2 ;;
esac
`

  test('a GPU that Docker cannot use is left out, with a notice', async () => {
    const noGpu = `case "$*" in *--gpus*) echo 'could not select device driver "" with capabilities: [[gpu]]' >&2; exit 125 ;; esac
    echo 'no space left on device' >&2; exit 1`
    using staged = await stage({ docker: docker(noGpu, 'running'), 'nvidia-smi': '#!/bin/sh\n' })
    const ran = await staged.ask()
    expect(ran.stderr).toMatch(
      /GPU cannot be used.*could not select device driver.*\n.*docker run: exit code 1: no space left/,
    )
    const runs = staged.logged().filter((line) => line.startsWith('docker run'))
    expect(runs.map((line) => line.includes('--gpus'))).toEqual([true, false])
    expect(staged.logged().filter((line) => line.startsWith('docker rm')).length).toBe(2)
  })

  test('a container that died is reported with its last words', async () => {
    using staged = await stage({ docker: docker('exit 0', 'exited') })
    const ran = await staged.ask('-q')
    expect(ran).toMatchObject({ status: 3, stdout: '', stderr: expect.stringContaining('panic: no space left') })
  })

  test('lr-llm local holds one server for many requests, until it is interrupted', async () => {
    using staged = await stage({ ollama: SERVER })
    const child = spawn(process.execPath, [join(BIN, 'lr-llm'), 'local', '-m', 'some:1b'], {
      env: { ...bareEnvironment(), ...staged.env },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const ended = new Promise((resolve) => child.on('exit', resolve))
    const url = await new Promise((resolve) =>
      child.stdout.once('data', (line: Buffer) => resolve(String(line).trim())),
    )
    expect(url).toBe(`http://127.0.0.1:${staged.port}`)
    expect(await staged.ask('-m', 'some:1b')).toMatchObject({ status: 0, stdout: 'from the model\n' })
    expect(await staged.ask('-m', 'some:1b')).toMatchObject({ status: 0 })
    expect(staged.logged().filter((line) => line.startsWith('serving')).length).toBe(1)
    expect(staged.logged()).not.toContain('stopped')
    child.kill('SIGTERM')
    await ended
    expect(staged.logged().at(-1)).toBe('stopped')
  })

  test('lr-llm models pull pulls each model, and stops what it started', async () => {
    using staged = await stage({ ollama: SERVER })
    const pull = (...names: string[]) =>
      run(process.execPath, [join(BIN, 'lr-llm'), 'models', 'pull', ...names], { env: staged.env })
    expect(await pull('some:1b')).toMatchObject({
      status: 0,
      stdout: '',
      stderr: expect.stringMatching(/100 %\n(.*\n)*.*some:1b: ready/),
    })
    expect(staged.logged().slice(-3)).toEqual(['/api/show', '/api/pull', 'stopped'])
    expect(await pull()).toMatchObject({ status: 2 })
    expect(await pull('groq/x')).toMatchObject({ status: 2 })
  })

  test.each([
    { title: 'neither program', programs: {}, status: 3, says: /neither ollama nor docker is on PATH/ },
    {
      title: 'a program that fails',
      programs: { ollama: '#!/bin/sh\necho no memory >&2; exit 1' },
      status: 3,
      says: /no memory/,
    },
    {
      title: 'a Docker that fails',
      programs: { docker: '#!/bin/sh\necho no daemon >&2; exit 1' },
      status: 3,
      says: /no daemon/,
    },
    {
      title: 'a Docker that fails and names its help',
      programs: {
        docker: `#!/bin/sh\nprintf "docker: no daemon\\n\\nRun 'docker run --help' for more information\\n" >&2; exit 125`,
      },
      status: 3,
      says: /exit code 125: docker: no daemon/,
    },
  ])('$title is $status', async ({ programs, status, says }) => {
    using staged = await stage(programs)
    const ran = await staged.ask('-q')
    expect(ran).toMatchObject({ status, stdout: '', stderr: expect.stringMatching(says) })
    expect(ran.stderr).toMatch(/^lr-llm: [^\n]+\n$/)
  })

  test('an interrupt stops what was started', async () => {
    const slow = SERVER.replace(
      "if (path === '/api/pull') pulled = true",
      "if (path === '/api/pull') process.kill(process.ppid, 'SIGTERM')",
    )
    using staged = await stage({ ollama: slow })
    const ran = await staged.ask()
    expect(ran).toMatchObject({ status: 143, stdout: '' })
    expect(staged.logged().at(-1)).toBe('stopped')
  })

  test.skipIf(!hasProgram('script'))('a terminal gets a progress bar (script)', async () => {
    using staged = await stage({ ollama: SERVER })
    const line = `script -qec '${process.execPath} ${join(BIN, 'lr-llm')} -L hi < /dev/null' /dev/null`
    const env = { ...staged.env, TERM: 'xterm', PATH: `${staged.env.PATH}:/usr/bin` }
    const { stdout } = await bash(line, { env })
    expect(stdout).toContain('\rollama/qwen3:8b: pulling abc [########......................] 25 %')
  })
})

test.each([
  { title: 'a server elsewhere that does not answer', args: [], env: { OLLAMA_HOST: '203.0.113.1:9' }, status: 4 },
  { title: "another provider's model", args: ['-m', 'groq/x'], env: {}, status: 2 },
  { title: 'an address', args: ['--url', 'http://h'], env: {}, status: 2 },
])('-L with $title: $status', async ({ args, env, status }) => {
  expect(await run('lr-llm', ['-q', '-L', ...args, 'hi'], { env })).toMatchObject({ status, stdout: '' })
})

test('a model that cannot be fetched is 3', async () => {
  const missing: Handler = (response, { path }) => {
    response.statusCode = path === '/api/show' ? 404 : 200
    response.end(path === '/api/pull' ? '{"status":"pulling manifest"}\n{"error":"no such model"}\n' : '{}')
  }
  await using server = await serve(missing)
  const ran = await run('lr-llm', ['-q', '-L', 'hi'], { env: { OLLAMA_HOST: server.url } })
  expect(ran).toMatchObject({ status: 3, stdout: '', stderr: expect.stringContaining('no such model') })
})

test('a wrangler of the platform local starts it and stops it', async () => {
  using staged = await stage({ ollama: SERVER })
  const before = { ...process.env }
  Object.assign(process.env, staged.env)
  try {
    await using wrangler = await LLMWrangler.create({ platform: 'local', model: 'some:1b' })
    expect(await wrangler.submit('hi')).toBe('from the model')
    expect(staged.logged()).not.toContain('stopped')
  } finally {
    Object.assign(process.env, before)
  }
  expect(staged.logged().at(-1)).toBe('stopped')
})
