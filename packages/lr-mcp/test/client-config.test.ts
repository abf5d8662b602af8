import { expect, test } from 'vitest'
import { run, tempFolder } from '@loop-runner/test-kit'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { connect, environmentIn } from './support/connect.ts'

interface Server {
  readonly command: string
  readonly args: string[]
}

/** Where each client looks for servers. */
const READERS: Readonly<Record<string, (text: string) => Server>> = {
  claude: (text) => serverIn(text, 'mcpServers'),
  cursor: (text) => serverIn(text, 'mcpServers'),
  vscode: (text) => serverIn(text, 'servers'),
  zed: (text) => serverIn(text, 'context_servers'),
  codex: readToml,
}

function serverIn(text: string, key: string): Server {
  const config = JSON.parse(text) as Record<string, { readonly 'loop-runner': Server }>
  return config[key]?.['loop-runner'] ?? { command: '', args: [] }
}

/** Its values are strings and arrays of strings, which TOML writes as JSON does. */
function readToml(text: string): Server {
  expect(text).toMatch(/^\[mcp_servers\.loop-runner\]\n/)
  const value = (key: string) => JSON.parse(new RegExp(`^${key} = (.+)$`, 'm').exec(text)?.[1] ?? '') as unknown
  return { command: value('command') as string, args: value('args') as string[] }
}

test.each(Object.entries(READERS))('--print-config %s prints what starts the server', async (client, read) => {
  using folder = tempFolder({ "it's/a.txt": 'x\n' })
  const cwd = `${folder.path}/it's`
  const allowed = '--allow-check=sh -c "exit 3"'
  const { status, stdout, stderr } = await run('lr-mcp', ['-C', cwd, allowed, '--print-config', client])
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  const { command, args } = read(stdout)
  expect(args).toContain(allowed)
  // From another folder, as an editor would.
  const transport = new StdioClientTransport({
    command,
    args,
    cwd: '/',
    env: environmentIn(folder.path),
    stderr: 'ignore',
  })
  const connection = await connect(transport)
  try {
    const checked = await connection.call('check')
    expect(checked).toMatchObject({ isError: false, report: { exitCode: 1 } })
  } finally {
    await connection.client.close()
  }
})

test('an unknown client is refused, with the known ones', async () => {
  const { status, stderr } = await run('lr-mcp', ['--print-config', 'emacs'])
  expect(status).toBe(2)
  expect(stderr).toMatch(/claude.*cursor.*vscode.*codex.*zed/)
})

test.each([
  [['--allow-check=npm "test'], /^lr-mcp: option --allow-check: npm "test: unclosed quote/],
  [['--allow-check=npm "test', '--print-config=claude'], /unclosed quote/],
  [['--token-file=token'], /^lr-mcp: option --token-file: only with --http/],
])('%j: refused before anything is served', async (args, says) => {
  const { status, stdout, stderr } = await run('lr-mcp', args)
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(says)
})
