import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type Io, listenFailure, reasonOf } from '@loop-runner/cli-kit'
import { ErrorCode, isInitializeRequest } from '@modelcontextprotocol/sdk/types.js'
import { makeServer } from '../make-server.ts'
import type { Policy } from '../policy/policy.ts'
import { Programs } from '../programs.ts'
import { PATH, refusalOf } from './admit.ts'
import { readBody, requestIds } from './read-body.ts'
import { readToken } from './read-token.ts'
import { Sessions } from './sessions.ts'

const HOST = '127.0.0.1'

/**
 * Serves Streamable HTTP on loopback until a signal ends it. The address, with the token, is the first line of standard
 * output.
 *
 * @throws CommandError (3) if the port cannot be used
 */
export async function serveHttp(port: number, tokenFile: string | undefined, policy: Policy, io: Io): Promise<number> {
  const token = readToken(tokenFile)
  const programs = new Programs(io, policy.maxJobs)
  const sessions = new Sessions(() => makeServer(policy, programs))
  const server = createServer((request, response) => {
    handle(request, response, { port: portOf(server), token, sessions }).catch((error: unknown) => {
      io.warn(`request failed: ${reasonOf(error)}`)
      if (!response.headersSent) answer(response, 500, 'internal error')
      else response.destroy()
    })
  })
  io.onInterrupt(async () => {
    await sessions.close()
    server.closeAllConnections()
    await programs.settle()
  })
  await listen(server, port)
  const secret = tokenFile === undefined ? `?token=${token}` : ''
  await io.stdout.write(`http://${HOST}:${portOf(server)}${PATH}${secret}\n`)
  return new Promise(() => {})
}

interface Service {
  readonly port: number
  readonly token: string
  readonly sessions: Sessions
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  { port, token, sessions }: Service,
): Promise<void> {
  const refusal = refusalOf(request, port, token)
  if (refusal !== undefined) return answer(response, refusal.status, refusal.message, refusal.headers)
  const body = request.method === 'POST' ? await readBody(request) : { value: undefined }
  if ('status' in body) return answer(response, body.status, body.message, { connection: 'close' }, body.code)
  const id = request.headers['mcp-session-id']
  const isFirst = id === undefined && isInitializeRequest(body.value)
  const session = typeof id === 'string' ? sessions.get(id) : isFirst ? await sessions.open() : undefined
  if (session === undefined) {
    if (isFirst) return answer(response, 503, 'too many clients (end one)', { 'retry-after': '10' })
    return id === undefined
      ? answer(response, 400, 'Mcp-Session-Id: missing (initialize first)')
      : answer(response, 404, 'Mcp-Session-Id: the session has ended (initialize again)')
  }
  session.open++
  response.once('close', () => {
    session.open--
    // Nothing can deliver the results any more, so the calls of a client that is gone are cancelled.
    if (!response.writableFinished) for (const requestId of requestIds(body.value)) cancel(session.transport, requestId)
  })
  await session.transport.handleRequest(request, response, body.value)
}

function cancel(
  { onmessage }: { onmessage?: ((message: never) => void) | undefined },
  requestId: string | number,
): void {
  const params = { requestId, reason: 'the connection was closed' }
  onmessage?.({ jsonrpc: '2.0', method: 'notifications/cancelled', params } as never)
}

/** An error of HTTP, as JSON-RPC. */
function answer(
  response: ServerResponse,
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
  code: number = ErrorCode.ConnectionClosed,
): void {
  const body = JSON.stringify({ jsonrpc: '2.0', error: { code, message }, id: null })
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(`${body}\n`)
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(listenFailure({ host: HOST, port }, error)))
    server.listen(port, HOST, resolve)
  })
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}
