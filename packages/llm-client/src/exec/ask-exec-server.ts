import { type Answer, NO_ANSWER, type Usage } from '../answer/answer.ts'
import { isFailureKind, LlmFailure } from '../answer/failure.ts'
import type { AnswerListener } from '../answer/server-call.ts'
import type { Context } from '../context.ts'
import { type JsonObject, numberOf, objectOf, textOf } from '../json.ts'
import { Deadline } from '../network/deadline.ts'
import type { ChatRequest } from '../request/chat-request.ts'
import { commandEnvironment } from './command-environment.ts'
import { ExecServer } from './exec-server.ts'
import { ExecServers } from './exec-servers.ts'

interface ExecServerOptions {
  readonly timeoutMs: number
  /** Variables that the command may see although they hold secrets. */
  readonly pass: readonly string[]
  /** Of its answer. */
  readonly maxBytes: number
}

/**
 * Asks a command that reads requests and prints answers as JSON lines. Without `io.execServers` it runs for this
 * request alone.
 *
 * @throws LlmFailure without a complete answer
 */
export async function askExecServer(
  command: string,
  request: ChatRequest,
  { timeoutMs, pass, maxBytes }: ExecServerOptions,
  io: Context,
  listener: AnswerListener,
): Promise<Answer> {
  await using own = new ExecServers()
  const start = () => {
    const env = commandEnvironment(io.env, pass)
    const progress = (line: string) => io.progress(`exec-server: ${line}`)
    return new ExecServer({ command, cwd: io.cwd, env, maxBytes, progress }, io)
  }
  const server = (io.execServers ?? own).get(command, start)
  const deadline = new Deadline(timeoutMs, 'exec-server', io.signal)
  try {
    return await Promise.race([answerOf(server, request, maxBytes, listener), aborted(deadline.signal)])
  } catch (error) {
    // It works on a request that no one waits for.
    if (deadline.signal.aborted) await server.stop()
    throw deadline.signal.aborted ? deadline.signal.reason : error
  } finally {
    deadline.clear()
  }
}

function answerOf(
  server: ExecServer,
  request: ChatRequest,
  maxBytes: number,
  { onText, onProgress }: AnswerListener,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let text = ''
    const take = (response: JsonObject): boolean => {
      const failure = failureOf(response, text)
      if (failure) {
        reject(failure)
        return true
      }
      const piece = textOf(response['delta']) ?? ''
      if (piece !== '') onText?.(piece)
      text = textOf(response['text']) ?? text + piece
      onProgress?.(0, text.length)
      if (text.length > maxBytes) {
        reject(
          new LlmFailure('too-large', `exec-server: the answer is larger than ${maxBytes} bytes (--max-answer-bytes)`),
        )
        return true
      }
      const isLast = response['text'] !== undefined || response['done'] === true
      if (isLast) settle(text, response, resolve, reject)
      return isLast
    }
    server.send(writeRequest(request), { take, fail: reject })
  })
}

function settle(
  text: string,
  response: JsonObject,
  resolve: (answer: Answer) => void,
  reject: (failure: LlmFailure) => void,
): void {
  const finish = textOf(response['finish']) ?? 'stop'
  const usage = readUsage(objectOf(response['usage']))
  if (finish === 'length') {
    reject(new LlmFailure('length', 'exec-server: the answer was truncated (finish: length)', { partial: text, usage }))
  } else if (text.trim() === '') reject(new LlmFailure('empty', 'exec-server: the answer is empty'))
  else resolve({ ...NO_ANSWER, text, finish, ended: true, usage })
}

/** An error, with a kind of failure if the command knows one. */
function failureOf({ error, kind }: JsonObject, partial: string): LlmFailure | undefined {
  if (error === undefined) return undefined
  const message = `exec-server: ${textOf(error) ?? JSON.stringify(error)}`
  return new LlmFailure(isFailureKind(kind) ? kind : 'setup', message, { partial })
}

function readUsage(fields: JsonObject): Usage {
  return { input: numberOf(fields['input']), output: numberOf(fields['output']), cost: numberOf(fields['cost']) }
}

function writeRequest({ messages, sampling }: ChatRequest): JsonObject {
  const { temperature, topP, maxTokens, stop, seed, effort, schema } = sampling
  return {
    messages: messages.map(({ role, text }) => ({ role, content: text })),
    temperature,
    top_p: topP,
    max_tokens: maxTokens,
    stop,
    seed,
    effort,
    schema,
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const fail = () => reject(signal.reason as Error)
    if (signal.aborted) fail()
    else signal.addEventListener('abort', fail, { once: true })
  })
}
