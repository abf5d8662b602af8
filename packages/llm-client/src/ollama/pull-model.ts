import { parseJson } from '@loop-runner/cli-kit'
import type { Context } from '../context.ts'
import { LlmFailure } from '../answer/failure.ts'
import { callHttp, type HttpResponse, type Network, readText } from '../network/http-call.ts'
import { numberOf, objectOf, textOf } from '../json.ts'
import { readServerError } from '../answer/server-error.ts'

/** How far a download is. */
export interface PullStep {
  /** In the server's words: `pulling manifest`. */
  readonly what: string
  /** Of the part that is being fetched, from 0 to 1. */
  readonly share: number | undefined
}

/** A download without any message for this long has failed. */
const SILENCE_MS = 120_000

/**
 * Pulls a model unless the Ollama server has it.
 *
 * @throws LlmFailure if it is unavailable
 */
export async function pullModel(
  url: string,
  model: string,
  { env, signal }: Context,
  onStep: (step: PullStep) => void,
): Promise<void> {
  const network: Network = { env, signal, limits: { idleMs: SILENCE_MS } }
  const shown = await post(url, '/api/show', { model }, network)
  await readText(shown, 1 << 26)
  if (shown.status === 200) return
  const pull = await post(url, '/api/pull', { model, stream: true }, network)
  if (pull.status !== 200) throw pullFailure(model, await readText(pull))
  let last = ''
  for await (const line of linesOf(pull)) {
    const payload = objectOf(parseJson(line))
    if (payload['error'] !== undefined) throw pullFailure(model, line)
    const { status, completed, total } = payload
    last = textOf(status) ?? last
    const [done, all] = [numberOf(completed), numberOf(total)]
    onStep({ what: last, share: done === undefined || !all ? undefined : done / all })
  }
  if (last !== 'success') throw new LlmFailure('cut', `ollama/${model}: the download was interrupted`)
}

function post(url: string, path: string, body: object, network: Network): Promise<HttpResponse> {
  const headers = { 'content-type': 'application/json' }
  return callHttp({ url: new URL(path, url), method: 'POST', headers, body: JSON.stringify(body) }, network)
}

async function* linesOf({ chunks }: HttpResponse): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield* lines.filter((line) => line.trim() !== '')
  }
  if (rest.trim() !== '') yield rest
}

function pullFailure(model: string, body: string): LlmFailure {
  const { message } = readServerError(objectOf(parseJson(body)))
  return new LlmFailure('request', `ollama/${model}: cannot be pulled: ${message}`)
}
