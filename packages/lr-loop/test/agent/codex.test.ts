import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bash, hasProgram, run, tempFolder } from '@loop-runner/test-kit'

/** A stand-in for the Responses API: has codex run the command in MOCK_COMMAND, then says that it did. */
const SERVER = `const { createServer } = require('node:http')

createServer((request, response) => {
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    if (!request.url.endsWith('/responses')) return void response.writeHead(404).end('{}')
    const asked = JSON.parse(Buffer.concat(chunks).toString())
    const item = asked.input.some(({ type }) => type === 'function_call_output') ? message() : call(asked)
    const usage = { input_tokens: 100, output_tokens: 20, total_tokens: 120 }
    response.setHeader('content-type', 'text/event-stream')
    for (const event of [
      { type: 'response.created', response: { id: 'r1' } },
      { type: 'response.output_item.done', output_index: 0, item },
      { type: 'response.completed', response: { id: 'r1', status: 'completed', output: [item], usage } },
    ]) {
      response.write('event: ' + event.type + '\\ndata: ' + JSON.stringify(event) + '\\n\\n')
    }
    response.end()
  })
}).listen(0, '127.0.0.1', function () {
  console.log(this.address().port)
})

function message() {
  const content = [{ type: 'output_text', text: 'I made it good.', annotations: [] }]
  return { type: 'message', id: 'm1', role: 'assistant', status: 'completed', content }
}

/** The name of the tool depends on the model that codex takes it for. */
function call({ tools = [] }) {
  const command = process.env.MOCK_COMMAND
  const isNew = tools.some(({ name }) => name === 'exec_command')
  const args = isNew ? { cmd: command } : { command: ['sh', '-c', command] }
  const name = isNew ? 'exec_command' : 'shell'
  return { type: 'function_call', id: 'f1', call_id: 'c1', status: 'completed', name, arguments: JSON.stringify(args) }
}
`
const COMMAND = 'echo good > src/a.txt; rm tests/t.sh; echo x > outside.txt'

test.skipIf(!hasProgram('git') || !hasProgram('codex'))('codex against a mock model (git, codex)', async () => {
  using folder = tempFolder({
    'tree/src/a.txt': 'zero\n',
    'tree/tests/t.sh': 'grep -q good src/a.txt\n',
    'tree/other': '',
  })
  const cwd = join(folder.path, 'tree')
  await bash('git init -q -b main && git add -A && git commit -qm start', { cwd })
  const server = spawn(process.execPath, ['-e', SERVER], {
    env: { MOCK_COMMAND: COMMAND },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const port = await new Promise<string>((resolve) =>
      server.stdout.once('data', (line) => resolve(String(line).trim())),
    )
    const provider = `{ name = "mock", base_url = "http://127.0.0.1:${port}/v1", wire_api = "responses", env_key = "MOCK_KEY" }`
    const settings = ['model="mock"', 'model_provider="mock"', `model_providers.mock=${provider}`]
    const codex = `codex exec --json --dangerously-bypass-approvals-and-sandbox ${settings.map((text) => `-c '${text}'`).join(' ')} -`
    const env = { CODEX_HOME: join(folder.path, 'codex'), MOCK_KEY: 'mock', PATH: process.env['PATH'] ?? '' }
    await bash('mkdir ../codex', { cwd })
    const ran = await run(
      'lr-loop',
      ['--json', '--run-dir=../run', '-i2', `--agent=${codex}`, 'src', '--', 'sh', 'tests/t.sh'],
      { cwd, env },
    )
    expect(ran.status, ran.stderr).toBe(0)
    expect(ran.stderr).toContain('outside.txt: not a file that may change; it was put back')
    expect(JSON.parse(ran.stdout)).toMatchObject({ reason: 'passed', usage: { tokens: 240 } })
    expect(readFileSync(join(cwd, 'FIXES.md'), 'utf8')).toContain('I made it good.')
    expect((await bash('git status --porcelain; ls tests', { cwd })).stdout).toBe('t.sh\n')
  } finally {
    server.kill()
  }
})
