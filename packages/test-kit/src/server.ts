import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as a test server got it. */
export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** Answers one request; `count` is 1 for the first. */
export type Handler = (response: ServerResponse, received: Received, count: number) => void | Promise<void>

export interface TestServer extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string
  readonly received: readonly Received[]
}

/** A real server on loopback; `await using` stops it. */
export async function serve(handler: Handler): Promise<TestServer> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request
      const one = { method, path, headers, body: Buffer.concat(chunks).toString() }
      received.push(one)
      void handler(response, one, received.length)
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    [Symbol.asyncDispose]: () => {
      server.closeAllConnections()
      return new Promise((resolve) => {
        server.close(() => resolve())
      })
    },
  }
}

/** Sends a body, whole. */
export function send(status: number, body: string | Buffer, headers: Readonly<Record<string, string>> = {}): Handler {
  return (response) => {
    response.writeHead(status, headers).end(body)
  }
}

/** Sends these pieces of a body, each in a turn of its own. */
export function sendPieces(pieces: readonly (string | Buffer)[]): Handler {
  return async (response) => {
    response.writeHead(200)
    for (const piece of pieces) {
      response.write(piece)
      await new Promise(setImmediate)
    }
    response.end()
  }
}

/** Sends the start of a body, then cuts the socket. */
export function sendAndCut(start: string): Handler {
  return (response) => {
    response.writeHead(200)
    response.write(start, () => response.socket?.destroy())
  }
}

/** A chat completion as a stream: these pieces of text, then the end. */
export function chatStream(texts: readonly string[], finish: string | null = 'stop', tail = '[DONE]'): string {
  const events = texts.map((content) => ({ choices: [{ index: 0, delta: { content }, finish_reason: null }] }))
  const last = finish === null ? [] : [{ choices: [{ index: 0, delta: {}, finish_reason: finish }] }]
  const lines = [...events, ...last].map((event) => `data: ${JSON.stringify({ model: 'served', ...event })}\n\n`)
  return lines.join('') + (tail === '' ? '' : `data: ${tail}\n\n`)
}
