import type { Readable } from 'node:stream'
import { LlmFailure } from '../answer/failure.ts'

/**
 * Decompresses a body: some proxies compress unasked.
 *
 * @throws LlmFailure for an unsupported encoding
 */
export async function decompress(
  message: Readable,
  headers: NodeJS.Dict<string | string[]>,
  host: string,
): Promise<Readable> {
  const encoding = String(headers['content-encoding'] ?? 'identity')
  if (encoding === 'identity') return message
  const [{ pipeline }, zlib] = await Promise.all([import('node:stream'), import('node:zlib')])
  if (/^(x-)?gzip$|^deflate$/i.test(encoding)) return pipeline(message, zlib.createUnzip(), () => {})
  if (/^br$/i.test(encoding)) return pipeline(message, zlib.createBrotliDecompress(), () => {})
  message.destroy()
  throw new LlmFailure('request', `${host}: the answer is encoded as ${encoding}, which the request does not accept`)
}
