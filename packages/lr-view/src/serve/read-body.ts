import type { IncomingMessage } from 'node:http'
import { Problem } from './problem.ts'

/** Largest body of a request. */
const BODY_BYTES = 1 << 20
/** A client that is still sending when the connection is closed may lose the response, so this much is read and dropped. */
const DRAIN_BYTES = 64 << 20

/**
 * The body of a request.
 *
 * @throws Problem (413) if it is too large
 */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes <= BODY_BYTES) chunks.push(chunk)
    if (bytes > DRAIN_BYTES) break
  }
  if (bytes > BODY_BYTES) throw new Problem(413, `the body is larger than ${BODY_BYTES} bytes`)
  return Buffer.concat(chunks).toString('utf8')
}
