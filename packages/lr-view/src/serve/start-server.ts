import { randomBytes } from 'node:crypto'
import { readFileSync, realpathSync, statSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { hostname } from 'node:os'
import { basename, resolve } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import { type Io, listenFailure, reasonOf, UsageError } from '@loop-runner/cli-kit'
import { makeApp } from './app.ts'
import { loopOptions } from './loop-options.ts'
import { RunStarter } from './run-starter.ts'

export interface ServerOptions {
  readonly host: string
  readonly port: number
  readonly isLoopback: boolean
  readonly tokenFile: string | undefined
  readonly allowCommands: boolean
  readonly maxRuns: number
}

/** Shorter ones could be guessed. */
const MIN_TOKEN = 16

/** Starts the server and prints its address. It stops at an interrupt. */
export async function startServer(options: ServerOptions, io: Io): Promise<void> {
  const { host, tokenFile, allowCommands } = options
  const token = tokenFile === undefined ? randomBytes(32).toString('base64url') : readToken(resolve(io.cwd, tokenFile))
  const starter = new RunStarter(io, options.maxRuns)
  const stopping = new AbortController()
  const door = {
    token,
    cookieName: '',
    hosts: [host, hostname()].map((name) => name.toLowerCase()),
    isPublic: !options.isLoopback,
  }
  const app = makeApp({
    root: realpathSync(io.cwd),
    door,
    policy: { table: loopOptions(allowCommands), allowCommands },
    starter,
    io,
    signal: stopping.signal,
  })
  const server = createAdaptorServer({ fetch: app.fetch })
  const { address, family, port } = await listen(server as Server, options)
  door.cookieName = `lr-view-${port}`
  await io.stdout.write(`http://${family === 'IPv6' ? `[${address}]` : address}:${port}/?token=${token}\n`)
  io.onInterrupt(async () => {
    stopping.abort()
    server.close()
    for (const path of await starter.stop()) {
      io.progress(`interrupted: ${basename(path)} (resume: lr-loop --resume ${basename(path)})`)
    }
    ;(server as Server).closeAllConnections()
  })
}

type Server = InstanceType<typeof import('node:http').Server>

function listen(server: Server, { host, port }: ServerOptions): Promise<AddressInfo> {
  return new Promise((done, fail) => {
    server.once('error', (error) => fail(listenFailure({ host, port }, error)))
    server.listen(port, host, () => done(server.address() as AddressInfo))
  })
}

function readToken(file: string): string {
  let token: string
  try {
    if ((statSync(file).mode & 0o077) !== 0) throw new UsageError(`${file}: others can read it (chmod 600)`)
    token = readFileSync(file, 'utf8').trim()
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`${file}: ${reasonOf(error)}`)
  }
  if (token.length < MIN_TOKEN || /[^\w.~+/=-]/.test(token)) {
    throw new UsageError(`${file}: expected at least ${MIN_TOKEN} characters of A-Z a-z 0-9 - . _ ~ + / =`)
  }
  return token
}
