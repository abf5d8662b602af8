import type { IncomingMessage } from 'node:http'
import type { Transport } from './transport.ts'

/** One connection for each request, made by Node's own client: the fastest start. It knows no proxies. */
export const nodeTransport: Transport = {
  async send({ url, method, headers, body }, { limits, ca }) {
    const { request: open } = url.protocol === 'http:' ? await import('node:http') : await import('node:https')
    const bytes = body === undefined ? undefined : Buffer.from(body)
    const request = open(url, {
      method,
      agent: false,
      signal: limits.signal,
      headers: { ...headers, ...(bytes ? { 'content-length': bytes.length } : {}) },
      ...(ca ? { ca: [...ca] } : {}),
    })
    const response = new Promise<IncomingMessage>((resolve, reject) => {
      request.on('response', resolve)
      // Stays on, since a late error must not end the program: by then the body's reader reports it.
      request.on('error', reject)
      // Node ends such a request without an error.
      request.on('upgrade', (_, socket) => {
        socket.destroy()
        reject(new Error('the server answered with another protocol (101)'))
      })
      request.on('close', () => reject(new Error('the connection was closed without an answer')))
    })
    request.on('socket', (socket) => {
      // The system notices a connection whose other end is gone.
      socket.setKeepAlive(true, 30_000)
      if (!socket.connecting) limits.connected()
      else socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => limits.connected())
    })
    request.end(bytes)
    const message = await response
    return { status: message.statusCode ?? 0, headers: message.headers, body: message }
  },
}
