import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bareEnvironment, BIN, tempFolder } from '@loop-runner/test-kit'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { ListRootsRequestSchema } from '@modelcontextprotocol/sdk/types.js'

/** What a tool reported. */
export interface Called {
  readonly isError: boolean
  readonly text: string
  readonly report: Readonly<Record<string, unknown>>
}

export interface Connection extends AsyncDisposable {
  readonly client: Client
  readonly call: (
    name: string,
    args?: object,
    options?: { signal?: AbortSignal; onProgress?: (message: string) => void },
  ) => Promise<Called>
}

/** A file that is wrong, and a scripted model that knows better. */
export const BROKEN = { 'a.txt': 'broken\n', '.reply': '<<<< a.txt <<<<\nright\n>>>>>>>>\n' }
export const CHECK = ['grep', '-q', 'right', 'a.txt']
export const ALLOWED = `--allow-check=${CHECK.join(' ')}`
export const MODEL = '--model=exec:cat .reply'

/** The environment of a server with a state folder of its own. */
export function environmentIn(home: string): Record<string, string> {
  return { ...bareEnvironment(), HOME: home, XDG_STATE_HOME: join(home, 'state') }
}

/** Starts lr-mcp in a folder, as a client does. */
export async function start(
  cwd: string,
  args: readonly string[],
  { roots, home = cwd, env = {} }: { roots?: readonly string[]; home?: string; env?: Record<string, string> } = {},
): Promise<Connection & { readonly pid: number }> {
  const transport = new StdioClientTransport({
    command: join(BIN, 'lr-mcp'),
    args: [...args],
    cwd,
    env: { ...environmentIn(home), ...env },
    stderr: 'ignore',
  })
  const connection = await connect(transport, roots)
  return { ...connection, pid: transport.pid ?? 0, [Symbol.asyncDispose]: () => connection.client.close() }
}

/** A client with these roots, over a transport. */
export async function connect(transport: Transport, roots?: readonly string[]): Promise<Connection> {
  const client = new Client({ name: 'test', version: '1' }, { capabilities: roots === undefined ? {} : { roots: {} } })
  if (roots !== undefined) {
    client.setRequestHandler(ListRootsRequestSchema, () => ({
      roots: roots.map((path) => ({ uri: path.includes(':') ? path : pathToFileURL(path).href })),
    }))
  }
  await client.connect(transport)
  const call: Connection['call'] = async (name, args = {}, { signal, onProgress } = {}) => {
    const { isError, content, structuredContent } = await client.callTool({ name, arguments: { ...args } }, undefined, {
      ...(signal === undefined ? {} : { signal }),
      ...(onProgress === undefined ? {} : { onprogress: ({ message = '' }) => onProgress(message) }),
      resetTimeoutOnProgress: true,
      timeout: 120_000,
    })
    const [first] = content as { text: string }[]
    return { isError: isError === true, text: first?.text ?? '', report: (structuredContent ?? {}) as Called['report'] }
  }
  return { client, call, [Symbol.asyncDispose]: () => client.close() }
}

/** A folder for a server, with its home beside the files. */
export function project(files: Readonly<Record<string, string>> = BROKEN) {
  const folder = tempFolder(Object.fromEntries(Object.entries(files).map(([name, content]) => [`p/${name}`, content])))
  return { path: join(folder.path, 'p'), home: folder.path, [Symbol.dispose]: () => folder[Symbol.dispose]() }
}
