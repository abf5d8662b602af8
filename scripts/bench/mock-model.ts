// A model server for benchmarks, on a free port of the loopback that it prints. It speaks chat completions and responses, and
// its replies are scripted. Model `fix` repairs add.js in the form that the caller works with: a block for us, a fence for
// others, a shell command where tools are offered; model `count` replies with a new version of count.txt each time.
// GET /used tells how many calls there were, and how many bytes of request.
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

const FIXED = 'module.exports = (a, b) => a + b\n'
const used = { calls: 0, bytes: 0 }
let count = 0

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    if (request.method === 'GET') {
      response.setHeader('connection', 'close').end(JSON.stringify(used))
      return
    }
    const body = Buffer.concat(chunks).toString()
    used.calls++
    used.bytes += body.length
    if (request.url?.endsWith('/responses') === true) answerResponses(body, response)
    else answerChat(body, response)
  })
})
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))

function replyTo(model: string, body: string): string {
  if (model === 'count') return block('count.txt', `${++count}\n`)
  if (body.includes('<<<<')) return block('add.js', FIXED)
  return `\`\`\`javascript\n${FIXED}\`\`\`\n`
}

function block(name: string, content: string): string {
  return `<<<< ${name} <<<<\n${content}>>>>>>>>\n`
}

function answerChat(body: string, response: ServerResponse): void {
  const { model, stream = false } = JSON.parse(body) as { model: string; stream?: boolean }
  const content = replyTo(model, body)
  const usage = { prompt_tokens: Math.ceil(body.length / 4), completion_tokens: Math.ceil(content.length / 4) }
  if (!stream) {
    const choices = [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }]
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ id: 'c', object: 'chat.completion', choices, usage }))
    return
  }
  const chunk = (delta: object, finish: string | null) => ({
    id: 'c',
    object: 'chat.completion.chunk',
    created: 0,
    model: 'm',
    choices: [{ index: 0, delta, finish_reason: finish }],
  })
  send(response, [chunk({ role: 'assistant', content }, null), { ...chunk({}, 'stop'), usage }, '[DONE]'])
}

/** A shell command that repairs the file; once its output comes back, a closing word. */
function answerResponses(body: string, response: ServerResponse): void {
  const isDone = body.includes('function_call_output')
  const command = `printf '%s' '${FIXED}' > add.js`
  const item = isDone
    ? { type: 'message', id: 'm1', role: 'assistant', content: [{ type: 'output_text', text: 'All tests pass.' }] }
    : {
        type: 'function_call',
        id: 'f1',
        call_id: 'call1',
        name: 'exec_command',
        arguments: JSON.stringify({ cmd: command }),
      }
  const usage = { input_tokens: 1, output_tokens: 1, total_tokens: 2 }
  const events = [
    { type: 'response.created', response: { id: 'r1' } },
    { type: 'response.output_item.added', output_index: 0, item },
    { type: 'response.output_item.done', output_index: 0, item },
    { type: 'response.completed', response: { id: 'r1', usage, output: [item] } },
  ]
  send(response, events)
}

function send(response: ServerResponse, events: readonly (object | string)[]): void {
  response.setHeader('content-type', 'text/event-stream')
  for (const event of events) {
    const name = typeof event === 'object' && 'type' in event ? `event: ${String(event.type)}\n` : ''
    response.write(`${name}data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`)
  }
  response.end()
}
