import { createHash, randomBytes } from 'node:crypto'
import { existsSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { CommandError, ExitStatus, type Io, makeFolders, reasonOf, stateFolder, UsageError } from '@loop-runner/cli-kit'
import { checkKey, checkMode, readKeyFile, readTextFile } from '@loop-runner/llm-client'

/** The name of clients without a token of their own. */
export const ANONYMOUS = 'anonymous'

export interface ClientOptions {
  /** `NAME`, `NAME=env:VARIABLE` or `NAME=file:FILE`. */
  readonly client: readonly string[]
  /** A file with a name and a token on each line. */
  readonly clients: string | undefined
  readonly 'token-env': string | undefined
  readonly 'token-file': string | undefined
}

type Tokens = readonly (readonly [name: string, token: string])[]

interface Source {
  /** If it is a file, it is read again when it changes. */
  readonly path: string | undefined
  readonly read: () => Tokens
}

const NAME = /^[\w.-]{1,64}$/

/** The clients that may use a service, by their tokens. Tokens in files may change while it runs. */
export class Clients {
  readonly #sources: readonly Source[]
  readonly #warn: (message: string) => void
  #seen: string
  #names: ReadonlyMap<string, string>

  /** @throws UsageError or CommandError for tokens that cannot be read, or that two clients share */
  constructor(options: ClientOptions, io: Io) {
    this.#sources = sourcesOf(options, io)
    this.#warn = io.warn
    this.#seen = this.#state()
    this.#names = this.#read()
  }

  /** Whether a token is required. */
  get areNamed(): boolean {
    return this.#sources.length > 0
  }

  /** The name of the client with this `authorization` header; undefined if it has no valid token. */
  identify(authorization: string | undefined): string | undefined {
    if (!this.areNamed) return ANONYMOUS
    this.#refresh()
    const token = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1]
    return token === undefined ? undefined : this.#names.get(digest(token))
  }

  #refresh(): void {
    const state = this.#state()
    if (state === this.#seen) return
    this.#seen = state
    try {
      this.#names = this.#read()
    } catch (error) {
      this.#warn(`${reasonOf(error)}: the earlier tokens stay valid`)
    }
  }

  #state(): string {
    return this.#sources.map(({ path }) => (path === undefined ? '' : fileState(path))).join()
  }

  /** By digest: a lookup takes as long for a nearly right token as for any other. */
  #read(): ReadonlyMap<string, string> {
    const names = new Map<string, string>()
    for (const [name, token] of this.#sources.flatMap(({ read }) => read())) {
      const other = names.get(digest(token))
      if (other !== undefined) throw new UsageError(`the clients ${other} and ${name} have the same token`)
      names.set(digest(token), name)
    }
    return names
  }
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

function fileState(path: string): string {
  try {
    const { mtimeMs, size, ino, mode } = statSync(path)
    return [mtimeMs, size, ino, mode].join(':')
  } catch (error) {
    return reasonOf(error)
  }
}

function sourcesOf(options: ClientOptions, io: Io): Source[] {
  const { 'token-env': variable, 'token-file': file, clients } = options
  if (variable !== undefined && file !== undefined) {
    throw new UsageError('a token can be named once: --token-env, --token-file')
  }
  const names = options.client.map((client) => client.split('=', 1)[0] ?? '')
  const repeated = names.find((name, index) => names.indexOf(name) < index)
  if (repeated !== undefined) throw new UsageError(`option --client: ${repeated} is named twice`)
  return [
    ...(variable === undefined ? [] : [fromVariable(ANONYMOUS, variable, '--token-env', io)]),
    ...(file === undefined ? [] : [fromFile(ANONYMOUS, resolve(io.cwd, file))]),
    ...options.client.map((client) => sourceOf(client, io)),
    ...(clients === undefined ? [] : [fromList(resolve(io.cwd, clients))]),
  ]
}

function sourceOf(client: string, io: Io): Source {
  const [, name = '', , kind, place = ''] = /^([^=]*)(=(?:(env|file):)?(.*))?$/s.exec(client) ?? []
  if (!NAME.test(name)) throw new UsageError('option --client: a name has letters, digits, ".", "_" and "-"')
  if (!client.includes('=')) return fromFile(name, ownTokenFile(name, io))
  if (kind === 'env') return fromVariable(name, place, '--client', io)
  if (kind === 'file') return fromFile(name, resolve(io.cwd, place))
  throw new UsageError(
    `option --client: ${name}: name the source of its token, not the token (${name}=env:VARIABLE, ${name}=file:FILE)`,
  )
}

function fromVariable(name: string, variable: string, option: string, { env }: Io): Source {
  const token = checkKey(env[variable] ?? '', `option ${option}: ${variable}`)
  return { path: undefined, read: () => [[name, token]] }
}

function fromFile(name: string, path: string): Source {
  return { path, read: () => [[name, readKeyFile(path)]] }
}

function fromList(path: string): Source {
  return { path, read: () => readList(path) }
}

function readList(path: string): Tokens {
  const lines = readTextFile(path).split('\n')
  checkMode(path)
  return lines.flatMap((line, index) => {
    if (/^\s*(#|$)/.test(line)) return []
    const [name = '', token = '', ...more] = line.trim().split(/\s+/)
    if (!NAME.test(name) || token === '' || more.length > 0) {
      throw new UsageError(`${path}:${index + 1}: expected a name and a token`)
    }
    return [[name, checkKey(token, `${path}:${index + 1}`)] as const]
  })
}

/** The token of a client that has no source: made once, in a file that only its owner can read. */
function ownTokenFile(name: string, io: Io): string {
  const path = join(stateFolder(io.env), 'clients', `${name}.token`)
  if (!existsSync(path)) {
    try {
      makeFolders(dirname(path), 0o700)
      writeFileSync(path, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' })
    } catch (error) {
      throw new CommandError(ExitStatus.Failed, `${path}: ${reasonOf(error)}`)
    }
  }
  io.progress(`client ${name}: its token is in ${path}`)
  return path
}
