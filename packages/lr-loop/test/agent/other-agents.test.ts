import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bash, hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { type Handler, serve } from '@loop-runner/test-kit/server'

interface Asked {
  readonly tools?: readonly object[]
  readonly messages: readonly { readonly role: string; readonly content: unknown }[]
}

/** What the mock model does: reads the file, writes it, says so. A request without tools is for a title. */
function nextCall({ tools = [], messages }: Asked, path: string): { name: string; input: object } | undefined {
  const results = messages.filter(
    ({ role, content }) => role === 'tool' || JSON.stringify(content).includes('"tool_result"'),
  )
  if (tools.length === 0 || results.length > 1) return undefined
  return results.length === 0
    ? { name: 'Read', input: { path } }
    : { name: 'Write', input: { path, content: 'good\n' } }
}

const SAYS = 'I made it good.'

/** A stand-in for Anthropic's API. */
function anthropic(path: () => string): Handler {
  return (response, { path: url, body }, count) => {
    if (!url.startsWith('/v1/messages') || url.includes('count_tokens')) return void response.end('{}')
    const call = nextCall(JSON.parse(body) as Asked, path())
    const input = call && JSON.stringify(call.input).replace('"path"', '"file_path"')
    const block = call
      ? { type: 'tool_use', id: `t${call.name}`, name: call.name, input: {} }
      : { type: 'text', text: '' }
    const delta = call ? { type: 'input_json_delta', partial_json: input } : { type: 'text_delta', text: SAYS }
    const usage = { input_tokens: 10, output_tokens: 1 }
    const message = {
      id: `m${count}`,
      type: 'message',
      role: 'assistant',
      model: 'm',
      content: [],
      stop_reason: null,
      usage,
    }
    response.setHeader('content-type', 'text/event-stream')
    for (const event of [
      { type: 'message_start', message },
      { type: 'content_block_start', index: 0, content_block: block },
      { type: 'content_block_delta', index: 0, delta },
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: call ? 'tool_use' : 'end_turn' }, usage: { output_tokens: 5 } },
      { type: 'message_stop' },
    ]) {
      response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
    }
    response.end()
  }
}

/** A stand-in for OpenAI's chat completions. */
function chat(path: () => string): Handler {
  return (response, { path: url, body }) => {
    if (!url.endsWith('/chat/completions')) return void response.end('{}')
    const call = nextCall(JSON.parse(body) as Asked, path())
    const args = call && JSON.stringify(call.input).replace('"path"', '"filePath"')
    const tool = call && {
      index: 0,
      id: `t${call.name}`,
      type: 'function',
      function: { name: call.name.toLowerCase(), arguments: args },
    }
    const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 }
    response.setHeader('content-type', 'text/event-stream')
    for (const [delta, finish_reason] of [
      [tool ? { role: 'assistant', tool_calls: [tool] } : { role: 'assistant', content: SAYS }, null],
      [{}, tool ? 'tool_calls' : 'stop'],
    ]) {
      const choices = [{ index: 0, delta, finish_reason }]
      response.write(
        `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', model: 'm', choices, usage })}\n\n`,
      )
    }
    response.end('data: [DONE]\n\n')
  }
}

const AGENTS = [
  {
    name: 'claude',
    command: 'claude -p --output-format json --permission-mode acceptEdits',
    answer: anthropic,
    env: (url: string) => ({
      ANTHROPIC_BASE_URL: url,
      ANTHROPIC_API_KEY: 'sk-ant-mock',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    }),
  },
  {
    name: 'opencode',
    command: 'opencode run "$(cat)"',
    answer: chat,
    env: () => ({}),
  },
]

function configOfOpencode(url: string): string {
  const options = { baseURL: `${url}/v1`, apiKey: 'mock' }
  const mock = { npm: '@ai-sdk/openai-compatible', name: 'mock', options, models: { m: { name: 'm' } } }
  return JSON.stringify({ autoupdate: false, share: 'disabled', model: 'mock/m', provider: { mock } })
}

for (const { name, command, answer, env } of AGENTS) {
  test.skipIf(!hasProgram('git') || !hasProgram(name))(`${name} against a mock model (git, ${name})`, async () => {
    using folder = tempFolder({
      'tree/src/a.txt': 'zero\n',
      'tree/tests/t.sh': 'grep -q good src/a.txt\n',
      'home/x': '',
    })
    const cwd = join(folder.path, 'tree')
    await using server = await serve(answer(() => join(cwd, 'src/a.txt')))
    await bash('git init -q -b main && git add -A && git commit -qm start', { cwd })
    await bash('mkdir -p ../home/.config/opencode; printf %s "$CONFIG" > ../home/.config/opencode/opencode.json', {
      cwd,
      env: { CONFIG: configOfOpencode(server.url) },
    })
    const args = ['--json', '--run-dir=../run', '-i2', `--agent=${command}`, 'src', '--', 'sh', 'tests/t.sh']
    const home = { HOME: join(folder.path, 'home'), PATH: process.env['PATH'] ?? '' }
    const ran = await run('lr-loop', args, { cwd, env: { ...home, ...env(server.url) } })
    expect(ran.status, ran.stderr).toBe(0)
    expect(JSON.parse(ran.stdout)).toMatchObject({ reason: 'passed', iterations: 1 })
    expect(
      (await bash('cat src/a.txt; git status --porcelain; grep -c "I made it good" FIXES.md', { cwd })).stdout,
    ).toBe('good\n1\n')
  })
}
