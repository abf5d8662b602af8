import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import fc from 'fast-check'
import { isAnyMarked } from '@loop-runner/cli-kit'
import { BIN } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { environmentIn, project } from './support/connect.ts'

const TOOLS = ['check', 'score', 'fix', 'runs', 'show', 'diff', 'undo', 'stop', 'constructor', '__proto__', '']
const METHODS = [
  'initialize',
  'ping',
  'tools/list',
  'tools/call',
  'resources/list',
  'resources/read',
  'resources/templates/list',
  'prompts/get',
  'completion/complete',
  'logging/setLevel',
  'notifications/cancelled',
  'notifications/roots/list_changed',
  'tasks/get',
  'none',
  '__proto__',
]
const PATHS = [
  '..',
  '../escaped',
  '/escaped',
  '/etc/passwd',
  'out',
  '.git/config',
  '-x',
  '--guard=../escaped',
  '@/etc/passwd',
  'a\0b',
  '~',
  '',
]
const COMMANDS = [
  ['touch', '../escaped'],
  ['sh', '-c', 'touch ../escaped'],
  ['true'],
  [],
  ['true', '; touch ../escaped'],
  ['\0'],
]

const path = fc.oneof(fc.constantFrom(...PATHS), fc.string())
const args = fc.record(
  {
    directory: path,
    check: fc.oneof(fc.constantFrom(...COMMANDS), fc.jsonValue()),
    sources: fc.oneof(fc.array(path, { maxLength: 4 }), fc.jsonValue()),
    context: fc.array(path, { maxLength: 2 }),
    run: path,
    file: path,
    schema: path,
    like: path,
    text: fc.string(),
    action: fc.constantFrom('start', 'step', 'end', 'x'),
    loop: fc.string(),
    score: fc.double(),
    iterations: fc.integer(),
    replies: fc.integer(),
    noGit: fc.boolean(),
    llm: fc.constant('touch ../escaped'),
  },
  { requiredKeys: [] },
)
const uri = path.map((text) => `run://${text}/diff`)
const params = fc.oneof(
  { weight: 6, arbitrary: fc.record({ name: fc.constantFrom(...TOOLS), arguments: args }) },
  fc.record({ uri }),
  fc.record({ requestId: fc.nat(400) }),
  fc.jsonValue(),
)
const message = fc.record(
  {
    jsonrpc: fc.constantFrom('2.0', '1.0', 2),
    id: fc.oneof(fc.nat(1e6), fc.string(), fc.constant(null)),
    method: fc.oneof({ weight: 3, arbitrary: fc.constant('tools/call') }, fc.constantFrom(...METHODS)),
    params,
  },
  { requiredKeys: ['jsonrpc', 'method'] },
)
const line = fc.oneof(
  { weight: 8, arbitrary: message.map((value) => JSON.stringify(value)) },
  fc.array(message, { maxLength: 3 }).map((value) => JSON.stringify(value)),
  fc.json(),
  fc.string().map((text) => text.replaceAll('\n', ' ')),
  fc.constantFrom(
    '{"__proto__":{"a":1}}',
    '['.repeat(50_000),
    'Content-Length: 5',
    '\0',
    '\u2028',
    `"${'x'.repeat(1_000_000)}"`,
  ),
)

const COUNT = 200

test(`${COUNT} random and hostile messages: no crash, nothing outside the root, no child left`, async () => {
  using folder = project({ 'a.txt': 'x\n' })
  const mark = randomUUID()
  const seed = Number(process.env['LR_SEED'] ?? 20_261_129)
  const messages = fc.sample(line, { numRuns: COUNT, seed })
  const clientInfo = { name: 'test', version: '1' }
  const first = {
    id: 'a',
    method: 'initialize',
    params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo },
  }
  const last = { id: 'still alive', method: 'tools/list' }
  const [opening, closing] = [first, last].map((value) => JSON.stringify({ jsonrpc: '2.0', ...value }))
  const before = readdirSync(folder.home)
  const server = execa(join(BIN, 'lr-mcp'), ['--allow-check=true'], {
    cwd: folder.path,
    env: { ...environmentIn(folder.home), TEST_MARK: mark },
    extendEnv: false,
    reject: false,
    buffer: { stdout: false },
    timeout: 600_000,
  })
  const alive = new Promise<void>((resolve, reject) => {
    let text = ''
    server.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes('"id":"still alive"')) resolve()
    })
    server.stdout.once('end', () => reject(new Error(`seed ${seed}: the server has ended`)))
  })
  // More answers at once than a pipe holds.
  const burst = Array.from({ length: COUNT }, (_, id) => JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/list' }))
  server.stdin.write(`${[opening, ...messages, ...burst, closing].join('\n')}\n`)
  await alive
  server.stdin.end()
  const { exitCode, stderr } = await server
  expect(stderr, `seed ${seed}`).not.toMatch(/bug: |escaped: |Warning/)
  expect(exitCode, `seed ${seed}: ${stderr.slice(-500)}`).toBe(0)
  expect(isAnyMarked('TEST_MARK', mark)).toBe(false)
  // Only the state and the cache of the programs are new.
  const fresh = readdirSync(folder.home).filter((name) => !before.includes(name))
  expect(fresh.filter((name) => !['state', '.cache', '.local'].includes(name))).toEqual([])
  expect(readdirSync(folder.path)).toEqual(['a.txt'])
})
