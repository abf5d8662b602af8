import type { ServerResponse } from 'node:http'
import { LlmFailure } from '@loop-runner/llm-client'
import type { Completion } from './read-completion.ts'
import { sendJson } from './send.ts'
import type { Trace } from './trace.ts'
import type { Upstream } from './upstream.ts'
import { event, type Head, writeChunk, writeCompletion, writeEnd, writeError } from './write-completion.ts'

/** Sends a completion to the model, and its answer to the client: whole or as a stream. */
export async function answerCompletion(
  completion: Completion,
  upstream: Upstream,
  response: ServerResponse,
  trace: Trace,
): Promise<void> {
  const created = Math.floor(Date.now() / 1000)
  const head: Head = { id: `chatcmpl-${trace.id}`, created, model: upstream.label }
  const gone = new AbortController()
  response.on('close', () => gone.abort(new Error('the client is gone')))
  let spoken = ''
  const onText = (text: string) => {
    trace.onText()
    if (!completion.isStream) return
    if (!response.headersSent) startStream(response, head)
    spoken += text
    response.write(writeChunk(head, { content: text }))
  }
  try {
    const result = await upstream.ask(completion, { signal: gone.signal, onText, follower: trace })
    if (!completion.isStream) return sendJson(response, 200, writeCompletion(head, result))
    if (!result.answer.text.startsWith(spoken)) {
      throw new LlmFailure('cut', `${head.model}: a part of the answer that was sent was reasoning`)
    }
    // A command or a recording sends everything at once.
    if (result.answer.text.length > spoken.length) onText(result.answer.text.slice(spoken.length))
    response.end(writeEnd(head, result.answer.usage, completion.wantsUsage))
  } catch (error) {
    trace.failed(error, gone.signal.aborted)
    fail(response, error)
  }
}

/** Before the first piece of text an error has its status; after it, it is an event, and the stream has no end marker. */
function fail(response: ServerResponse, error: unknown): void {
  const { status, body, retryAfterMs } = writeError(error)
  if (response.headersSent) {
    response.end(event(body))
    return
  }
  if (retryAfterMs !== undefined) response.setHeader('retry-after', Math.ceil(retryAfterMs / 1000))
  // All useful retries are done; a client that retried would only pay again.
  else response.setHeader('x-should-retry', 'false')
  sendJson(response, status, body)
}

function startStream(response: ServerResponse, head: Head): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  response.write(writeChunk(head, { role: 'assistant', content: '' }))
}
