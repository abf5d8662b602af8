import { resolve } from 'node:path'
import type { Call, Io } from '@loop-runner/cli-kit'
import type { ClientName, OPTIONS } from './options.ts'

const NAME = 'loop-runner'

type ServerCall = Pick<Call<typeof OPTIONS>, 'options' | 'typed'>

interface Command {
  readonly command: string
  readonly args: readonly string[]
}

/** Where each client reads it, and its form. */
const WRITERS: Readonly<Record<ClientName, (command: Command) => string>> = {
  claude: (command) => json({ mcpServers: { [NAME]: command } }),
  cursor: (command) => json({ mcpServers: { [NAME]: command } }),
  vscode: (command) => json({ servers: { [NAME]: { type: 'stdio', ...command } } }),
  codex: ({ command, args }) =>
    `[mcp_servers.${NAME}]\ncommand = ${JSON.stringify(command)}\nargs = ${JSON.stringify(args)}\n# a loop takes minutes\ntool_timeout_sec = 3600\n`,
  zed: (command) => json({ context_servers: { [NAME]: { source: 'custom', ...command, env: {} } } }),
}

/** Options that clients do not start the server with. */
const OWN: ReadonlySet<string> = new Set(['directory', 'print-config', 'http', 'token-file'])

/** The configuration of a client that starts this server, with absolute paths: an editor has another PATH than a shell. */
export function writeClientConfig(client: ClientName, { options, typed }: ServerCall, io: Io): string {
  const { file, args } = io.ownProgram('lr-mcp')
  const given = Object.entries(options).filter(([name]) => typed.has(name) && !OWN.has(name))
  const words = given.flatMap(([name, value]) => wordsOf(name, value, io.cwd))
  return WRITERS[client]({ command: file, args: [...args, '-C', io.cwd, ...words] })
}

function wordsOf(name: string, value: unknown, cwd: string): string[] {
  if (value === true) return [`--${name}`]
  if (Array.isArray(value)) return value.map((item) => `--${name}=${String(item)}`)
  if (name === 'max-time') return [`--${name}=${String(value)}ms`]
  return [`--${name}=${name === 'config' ? resolve(cwd, String(value)) : String(value)}`]
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
