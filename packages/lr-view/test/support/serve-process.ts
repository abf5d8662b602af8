import { join } from 'node:path'
import { execa } from 'execa'
import { bareEnvironment, BIN } from '@loop-runner/test-kit'

/** A running lr-view serve. */
export interface ServeProcess extends AsyncDisposable {
  /** Without a slash at the end. */
  readonly address: string
  readonly token: string
  /** As the program printed it. */
  readonly firstAddress: string
  readonly stop: (signal?: NodeJS.Signals) => Promise<{ readonly status: number | undefined; readonly stderr: string }>
}

/** Starts the program as built in a folder, with a state folder of its own there, and waits for its address. */
export async function startServe(
  folder: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<ServeProcess> {
  const child = execa(
    join(BIN, 'lr-view'),
    ['serve', ...(args.some((word) => word.startsWith('--port')) ? [] : ['--port=0']), ...args],
    {
      cwd: folder,
      env: { ...bareEnvironment(), XDG_STATE_HOME: join(folder, 'state'), ...env },
      extendEnv: false,
      reject: false,
    },
  )
  const line = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')))
    })
    void child.then(({ stderr }) => reject(new Error(`lr-view serve ended: ${stderr}`)))
  })
  const url = new URL(line)
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal)
    const { exitCode, stderr } = await child
    return { status: exitCode, stderr }
  }
  return {
    address: url.origin,
    token: url.searchParams.get('token') ?? '',
    firstAddress: line,
    stop,
    [Symbol.asyncDispose]: async () => void (await stop()),
  }
}

/** A request with the token. */
export async function call(
  { address, token }: Pick<ServeProcess, 'address' | 'token'>,
  method: string,
  path: string,
  body?: unknown,
) {
  const response = await fetch(`${address}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const type = response.headers.get('content-type') ?? ''
  return {
    status: response.status,
    type,
    text,
    json: (type.includes('json') ? JSON.parse(text) : undefined) as unknown,
  }
}

export interface SentEvent {
  readonly id: string
  readonly data: { readonly event: string; readonly text?: string; readonly in?: number }
}

interface Reading {
  readonly events: readonly SentEvent[]
  /** Whether the run has ended. */
  readonly isOver: boolean
}

/** The events of a run, after the one with the id `last`, until `isEnough`, the end of the run or that of the stream. */
export async function readEvents(
  { address, token }: Pick<ServeProcess, 'address' | 'token'>,
  path: string,
  { last, isEnough = () => false }: { last?: string; isEnough?: (event: SentEvent) => boolean } = {},
): Promise<Reading> {
  const leaving = new AbortController()
  const response = await fetch(`${address}${path}`, {
    headers: { authorization: `Bearer ${token}`, ...(last === undefined ? {} : { 'last-event-id': last }) },
    signal: leaving.signal,
  })
  const events: SentEvent[] = []
  try {
    for await (const block of blocksOf(response)) {
      if (/^event: over$/m.test(block)) return { events, isOver: true }
      const event = parseEvent(block)
      if (event) events.push(event)
      if (event && isEnough(event)) break
    }
  } catch (error) {
    // The server was killed.
    if (!(error instanceof TypeError)) throw error
  } finally {
    leaving.abort()
  }
  return { events, isOver: false }
}

async function* blocksOf(response: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true })
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    yield* blocks
  }
}

function parseEvent(block: string): SentEvent | undefined {
  const [, data] = /^data: (.*)$/m.exec(block) ?? []
  const [, id = ''] = /^id: (.*)$/m.exec(block) ?? []
  return data === undefined ? undefined : { id, data: JSON.parse(data) as SentEvent['data'] }
}
