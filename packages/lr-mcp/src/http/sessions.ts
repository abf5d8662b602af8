import { randomUUID } from 'node:crypto'
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'

/** More clients than this at a time are refused, unless one is idle: it is forgotten then. */
const MAX_SESSIONS = 32

interface Entry {
  readonly transport: StreamableHTTPServerTransport
  readonly server: McpServer
  /** Open requests. */
  open: number
}

/** The clients of an HTTP server, by the id that each got; the longest unused first. */
export class Sessions {
  readonly #makeServer: () => McpServer
  readonly #entries = new Map<string, Entry>()

  constructor(makeServer: () => McpServer) {
    this.#makeServer = makeServer
  }

  /** The session with this id; undefined if it has ended. */
  get(id: string): Entry | undefined {
    const entry = this.#entries.get(id)
    if (entry === undefined) return undefined
    this.#entries.delete(id)
    this.#entries.set(id, entry)
    return entry
  }

  /** A session for a new client, which becomes known when it is initialized; undefined if too many are in use. */
  async open(): Promise<Entry | undefined> {
    if (this.#entries.size >= MAX_SESSIONS && !(await this.#forgetIdle())) return undefined
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void this.#entries.set(id, entry),
      onsessionclosed: (id) => void this.#entries.delete(id),
    })
    const server = this.#makeServer()
    const entry: Entry = { transport, server, open: 0 }
    await server.connect(transport)
    return entry
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.#entries.values()].map(({ server }) => server.close()))
    this.#entries.clear()
  }

  async #forgetIdle(): Promise<boolean> {
    const idle = [...this.#entries].find(([, { open }]) => open === 0)
    if (idle === undefined) return false
    this.#entries.delete(idle[0])
    await idle[1].server.close()
    return true
  }
}
