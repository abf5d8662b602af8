import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { isAnyMarked } from '@loop-runner/cli-kit'
import { BIN, run } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { ALLOWED, BROKEN, CHECK, environmentIn, MODEL, project, start } from './support/connect.ts'

/** A model whose first reply does not help, and whose second one is slow until the file `go` exists. */
const SLOW = {
  ...BROKEN,
  'model.sh': `cat > /dev/null
if [ ! -e ../first ]; then touch ../first; printf '<<<< a.txt <<<<\\nbetter\\n>>>>>>>>\\n'; exit; fi
touch ../second
[ -e ../go ] || sleep 600
cat .reply
`,
}
const SLOW_MODEL = '--model=exec:sh model.sh'
const FIX = { sources: ['a.txt'], noGit: true }

/** Polls: how long it takes depends on the machine. */
async function until(what: string, isTrue: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (await isTrue()) return
    await setTimeout(100)
  }
  throw new Error(`not within a minute: ${what}`)
}

async function resume(name: string, { path, home }: { path: string; home: string }) {
  writeFileSync(join(home, 'go'), '')
  const { status, stderr } = await run('lr-loop', ['--resume', name], { cwd: path, env: environmentIn(home) })
  expect(stderr).toContain('passed')
  expect(status).toBe(0)
  expect(readFileSync(join(path, 'a.txt'), 'utf8')).toBe('right\n')
}

test('a loop that is cancelled half-way leaves nothing running, and lr-loop --resume continues it', async () => {
  using folder = project(SLOW)
  const mark = randomUUID()
  await using server = await start(folder.path, [ALLOWED, SLOW_MODEL], { home: folder.home, env: { TEST_MARK: mark } })
  const [progress, abort] = [[] as string[], new AbortController()]
  const fixing = server.call('fix', FIX, { signal: abort.signal, onProgress: (message) => progress.push(message) })
  const ended = fixing.catch((error: unknown) => String(error))
  await until('the second request', () => existsSync(join(folder.home, 'second')))
  expect(progress).toContain('reply 1: changed (a.txt)')
  abort.abort()
  expect(await ended).toContain('AbortError')
  const name = progress[0]?.replace('run ', '') ?? ''
  const stateOf = async () => String((await server.call('show', { run: name })).report['state'])
  await until('the end of the loop', async () => (await stateOf()) === 'interrupted')
  await server.client.close()
  await until('the end of the server', () => !isAnyMarked('TEST_MARK', mark))
  await resume(name, folder)
})

test('two loops run at once in two trees; a third job is refused if the user allows two', async () => {
  using folder = project({
    'x/a.txt': 'broken\n',
    'x/.reply': BROKEN['.reply'],
    'y/a.txt': 'broken\n',
    'y/.reply': BROKEN['.reply'],
  })
  await using server = await start(folder.path, [ALLOWED, MODEL, '--max-jobs=2'], { home: folder.home })
  const started: string[] = []
  const loops = ['x', 'y'].map((directory) =>
    server.call('fix', { ...FIX, directory }, { onProgress: () => started.push(directory) }),
  )
  await until('both loops', () => new Set(started).size === 2)
  expect((await server.call('check', { directory: 'x' })).report).toMatchObject({
    exitCode: 4,
    error: '2 checks and fixes are running (wait for one, or cancel it)',
  })
  expect((await Promise.all(loops)).map(({ report }) => report['exitCode'])).toEqual([0, 0])
})

test('the loop of a client that dies ends, and lr-loop --resume continues it', async () => {
  using folder = project(SLOW)
  const mark = randomUUID()
  const env = { ...environmentIn(folder.home), TEST_MARK: mark }
  const server = spawn(join(BIN, 'lr-mcp'), [ALLOWED, SLOW_MODEL], {
    cwd: folder.path,
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const send = (message: object) => server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
  const clientInfo = { name: 'test', version: '1' }
  send({ id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo } })
  send({ method: 'notifications/initialized' })
  send({ id: 2, method: 'tools/call', params: { name: 'fix', arguments: { ...FIX, check: CHECK } } })
  await until('the second request', () => existsSync(join(folder.home, 'second')))
  // As the system does for a process that is killed.
  server.stdin.destroy()
  server.stdout.destroy()
  await until('the end of the server and its children', () => !isAnyMarked('TEST_MARK', mark))
  const { stdout } = await run('lr-loop', ['runs', '--json'], { env: environmentIn(folder.home) })
  const { run: path, state } = JSON.parse(stdout) as { run: string; state: string }
  expect(state).toBe('interrupted')
  await resume(path, folder)
})

test('a loop that another program interrupts is reported, with how to continue it', async () => {
  using folder = project({ ...BROKEN, 'model.sh': 'cat > /dev/null; touch ../asked; sleep 600' })
  await using server = await start(folder.path, [ALLOWED, SLOW_MODEL], { home: folder.home })
  const progress: string[] = []
  const fixing = server.call('fix', FIX, { onProgress: (message) => progress.push(message) })
  await until('the request', () => existsSync(join(folder.home, 'asked')))
  const name = progress[0]?.replace('run ', '') ?? ''
  const path = join(folder.home, 'state/loop-runner/runs', name)
  const [began = ''] = readFileSync(join(path, 'journal.jsonl'), 'utf8').split('\n')
  const { mark } = JSON.parse(began) as { mark: { pid: number } }
  process.kill(mark.pid, 'SIGINT')
  expect((await fixing).report).toMatchObject({
    exitCode: 130,
    error: `interrupted (lr-loop --resume ${path} continues it)`,
  })
})
