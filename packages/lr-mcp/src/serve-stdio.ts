import { Duplex, Readable, type Writable } from 'node:stream'
import { type Input, ExitStatus, type Io, type Output, reasonOf } from '@loop-runner/cli-kit'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { makeServer } from './make-server.ts'
import type { Policy } from './policy/policy.ts'
import { Programs } from './programs.ts'

const MAX_MESSAGE_BYTES = 16 << 20

/** Serves one client on standard input and output, until it closes one of them; then what runs for it is stopped. */
export async function serveStdio(policy: Policy, io: Io): Promise<number> {
  const programs = new Programs(io, policy.maxJobs)
  const server = makeServer(policy, programs)
  const close = async () => {
    await server.close()
    await programs.settle()
  }
  io.onInterrupt(close)
  const input = Readable.from(chunksOf(io.stdin), { objectMode: false })
  const output = writableOf(io.stdout)
  const transport = new StdioServerTransport(input, output, { maxBufferSize: MAX_MESSAGE_BYTES })
  const ended = new Promise<void>((resolve) => {
    for (const event of ['end', 'error', 'close']) input.once(event, resolve)
    for (const event of ['error', 'close']) output.once(event, resolve)
  })
  server.server.onerror = (error) => io.warn(`message ignored: ${reasonOf(error)}`)
  const closed = new Promise<void>((resolve) => (server.server.onclose = resolve))
  await server.connect(transport)
  await Promise.race([ended, closed])
  await close()
  return ExitStatus.Yes
}

/** Copies: the chunks of standard input share two buffers. */
async function* chunksOf(stdin: Input): AsyncGenerator<Buffer> {
  for await (const chunk of stdin.chunks()) yield Buffer.from(chunk)
}

function writableOf(stdout: Output): Writable {
  const output = Duplex.from(async (chunks: AsyncIterable<string | Buffer>) => {
    for await (const chunk of chunks) await stdout.write(chunk)
  })
  // The SDK listens once more for each answer that waits for a slow client.
  return output.setMaxListeners(0)
}
