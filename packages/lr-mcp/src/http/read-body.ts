import type { IncomingMessage } from 'node:http'
import { ErrorCode } from '@modelcontextprotocol/sdk/types.js'

const MAX_BYTES = 4 << 20

/** A body of JSON: what it holds, or why it is refused, by HTTP and by JSON-RPC. */
export type Body =
  | { readonly value: unknown }
  | { readonly status: number; readonly message: string; readonly code: ErrorCode }

export async function readBody(request: IncomingMessage): Promise<Body> {
  const message = `the body is larger than ${MAX_BYTES >> 20} MiB`
  const tooLarge = { status: 413, message, code: ErrorCode.ConnectionClosed }
  if (Number(request.headers['content-length'] ?? 0) > MAX_BYTES) return tooLarge
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > MAX_BYTES) return tooLarge
    chunks.push(chunk)
  }
  try {
    return { value: JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown }
  } catch {
    return { status: 400, message: 'the body is not JSON', code: ErrorCode.ParseError }
  }
}

/** The ids of the JSON-RPC requests in a body. */
export function requestIds(body: unknown): (string | number)[] {
  return (Array.isArray(body) ? body : [body]).flatMap((message: unknown) => {
    if (typeof message !== 'object' || message === null || !('method' in message) || !('id' in message)) return []
    return typeof message.id === 'string' || typeof message.id === 'number' ? [message.id] : []
  })
}
