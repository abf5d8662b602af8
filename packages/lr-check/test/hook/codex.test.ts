import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { BIN, bash, hasProgram, run, tempFolder } from '@loop-runner/test-kit'

/** A stand-in for the Responses API: says that it is done, twice; then has codex run a command. */
const SERVER = `const { createServer } = require('node:http')
let count = 0

createServer((request, response) => {
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    if (!request.url.endsWith('/responses')) return void response.writeHead(404).end('{}')
    const asked = JSON.parse(Buffer.concat(chunks).toString())
    count++
    console.log(JSON.stringify(asked.input.at(-1)))
    const item = count === 3 ? call(asked) : message('Done ' + count)
    const usage = { input_tokens: 1, output_tokens: 1, total_tokens: 2 }
    response.setHeader('content-type', 'text/event-stream')
    for (const event of [
      { type: 'response.created', response: { id: 'r' + count } },
      { type: 'response.output_item.done', output_index: 0, item },
      { type: 'response.completed', response: { id: 'r' + count, status: 'completed', output: [item], usage } },
    ]) {
      response.write('event: ' + event.type + '\\ndata: ' + JSON.stringify(event) + '\\n\\n')
    }
    response.end()
  })
}).listen(0, '127.0.0.1', function () {
  console.log(this.address().port)
})

function message(text) {
  const content = [{ type: 'output_text', text, annotations: [] }]
  return { type: 'message', id: 'm' + count, role: 'assistant', status: 'completed', content }
}

function call({ tools = [] }) {
  const command = 'echo good > a.txt'
  const isNew = tools.some(({ name }) => name === 'exec_command')
  const args = isNew ? { cmd: command } : { command: ['sh', '-c', command] }
  const name = isNew ? 'exec_command' : 'shell'
  return { type: 'function_call', id: 'f1', call_id: 'c1', status: 'completed', name, arguments: JSON.stringify(args) }
}
`

test.skipIf(!hasProgram('git') || !hasProgram('codex'))(
  'codex is sent back by the hook until the check passes (git, codex)',
  async () => {
    const command = `'${join(BIN, 'lr-check')}' --hook codex -- sh -c 'cat a.txt; grep -q good a.txt'`
    const hooks = { hooks: { Stop: [{ hooks: [{ type: 'command', command, timeout: 600 }] }] } }
    using folder = tempFolder({ 'tree/a.txt': 'zero\n', 'codex/hooks.json': JSON.stringify(hooks) })
    const cwd = join(folder.path, 'tree')
    await bash('git init -q -b main && git add -A && git commit -qm start', { cwd })
    const server = spawn(process.execPath, ['-e', SERVER], { env: {}, stdio: ['ignore', 'pipe', 'inherit'] })
    try {
      let printed = ''
      const port = await new Promise<string>((resolve) =>
        server.stdout.on('data', (chunk) => {
          printed += String(chunk)
          resolve(printed.split('\n')[0] ?? '')
        }),
      )
      const provider = `{ name = "mock", base_url = "http://127.0.0.1:${port}/v1", wire_api = "responses", env_key = "MOCK_KEY" }`
      const settings = ['model="mock"', 'model_provider="mock"', `model_providers.mock=${provider}`]
      const flags = ['--json', '--dangerously-bypass-approvals-and-sandbox', '--dangerously-bypass-hook-trust']
      const env = { CODEX_HOME: join(folder.path, 'codex'), MOCK_KEY: 'mock', PATH: process.env['PATH'] ?? '' }
      const args = ['exec', ...flags, ...settings.flatMap((text) => ['-c', text]), 'Make it good.']
      expect(await run('codex', args, { cwd, env })).toMatchObject({ status: 0 })
      const asked = printed.split('\n').slice(1)
      expect(asked[1]).toContain('The check fails.')
      expect(asked[2]).toContain('exactly as before')
      expect(asked).toHaveLength(5)
      expect(readFileSync(join(cwd, 'a.txt'), 'utf8')).toBe('good\n')
    } finally {
      server.kill()
    }
  },
)
