import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { bash, hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { PROVIDERS } from '@loop-runner/llm-client'
import { chatStream, type Handler, send, serve } from '@loop-runner/test-kit/server'

const KEY = 'gsk-canary-0123456789'

test('keys set, list, path and remove; the store is for its owner only and no key is printed', async () => {
  using folder = tempFolder()
  const env = { XDG_CONFIG_HOME: folder.path, OPENAI_API_KEY: 'sk-canary-1' }
  const path = join(folder.path, 'loop-runner/keys.json')
  const keys = (args: string[], stdin = '') => run('lr-llm', ['keys', ...args], { env, stdin })
  expect(await keys(['path'])).toEqual({ status: 0, stdout: `${path}\n`, stderr: '' })
  const set = await keys(['set', 'groq'], `  ${KEY}\n`)
  expect(set).toMatchObject({ status: 0, stdout: '' })
  await keys(['set', 'xai'], 'xai-key')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ groq: KEY, xai: 'xai-key' })
  const list = await keys(['list'])
  expect(list).toEqual({ status: 0, stdout: `groq\t${path}\nopenai\tOPENAI_API_KEY\nxai\t${path}\n`, stderr: '' })
  expect(await keys(['remove', 'groq'])).toMatchObject({ status: 0, stdout: '' })
  expect(await keys(['remove', 'groq'])).toMatchObject({ status: 1, stdout: '' })
  expect(readdirSync(join(folder.path, 'loop-runner'))).toEqual(['keys.json'])
  expect(JSON.stringify([set, list])).not.toContain('canary')
})

test.each([
  { args: ['list'], status: 1, says: /no key is set \(set GROQ_API_KEY, / },
  { args: ['set'], status: 2, says: /which provider/ },
  { args: ['set', 'grok'], status: 2, says: /did you mean groq/ },
  { args: ['set', 'groq'], status: 2, says: /not an API key/ },
  { args: ['get', 'groq'], status: 2, says: /not known/ },
])('keys $args: $status', async ({ args, status, says }) => {
  using folder = tempFolder()
  const ran = await run('lr-llm', ['keys', ...args], { env: { XDG_CONFIG_HOME: folder.path } })
  expect(ran).toMatchObject({ status, stdout: '', stderr: expect.stringMatching(says) })
})

test.skipIf(!hasProgram('script'))('keys set on a terminal does not show the key (script)', async () => {
  using folder = tempFolder()
  const env = { XDG_CONFIG_HOME: folder.path }
  const line = `(sleep 1; echo ${KEY}; sleep 1) | script -qec 'lr-llm keys set groq; stty -a' /dev/null`
  const { stdout } = await bash(line, { env })
  // The one line that asks, and then what came of it.
  expect(stdout).toMatch(/key of groq: \r?\nlr-llm: groq: the key is stored/)
  expect(stdout).not.toContain('canary')
  expect(stdout).toMatch(/ echo /)
  expect(readFileSync(join(folder.path, 'loop-runner/keys.json'), 'utf8')).toContain(KEY)
})

/** What the server was given, for each way of naming a key. */
test.each([
  { title: '--key-env', args: ['--key-env', 'MINE'], env: { MINE: KEY }, sent: KEY },
  { title: '--key-file', args: ['--key-file', 'key'], env: {}, sent: KEY },
  { title: '--key-cmd', args: ['--key-cmd', `echo ${KEY}; echo more`], env: {}, sent: KEY },
  { title: '--api-key', args: ['--api-key', KEY], env: {}, sent: KEY },
  { title: 'LR_API_KEY', args: [], env: { LR_API_KEY: KEY }, sent: KEY },
  { title: "the provider's variable, elsewhere", args: [], env: { GROQ_API_KEY: KEY }, sent: undefined },
])('$title sends $sent', async ({ args, env, sent }) => {
  using folder = tempFolder({ key: `${KEY}\n` })
  await bash('chmod 600 key', { cwd: folder.path })
  await using server = await serve(send(200, chatStream(['ok'])))
  const ran = await run('lr-llm', ['--url', server.url, ...args, 'hi'], { cwd: folder.path, env })
  expect(ran).toMatchObject({ status: 0, stdout: 'ok\n' })
  expect(server.received[0]?.headers.authorization).toBe(sent && `Bearer ${sent}`)
  expect(ran.stderr.includes('other users can see the key')).toBe(args[0] === '--api-key')
})

test.each([
  { title: 'a file that others can read', args: ['--key-file', 'key'], status: 3, says: /others can read/ },
  { title: 'a file that is not there', args: ['--key-file', 'none'], status: 2, says: /no such file/ },
  { title: 'a variable that is not set', args: ['--key-env', 'NONE'], status: 3, says: /NONE is not set/ },
  { title: 'a command that fails', args: ['--key-cmd', 'exit 9'], status: 3, says: /exit code 9/ },
  { title: 'a command that prints nothing', args: ['--key-cmd', 'true'], status: 2, says: /not an API key/ },
  { title: 'two at once', args: ['--key-env', 'A', '--key-cmd', 'b'], status: 2, says: /more than one key given/ },
  { title: 'a password in the address', args: ['--url', 'http://u:canary@h'], status: 2, says: /--header/ },
])('a key from $title: $status', async ({ args, status, says }) => {
  using folder = tempFolder({ key: KEY })
  await bash('chmod 644 key', { cwd: folder.path })
  const ran = await run('lr-llm', ['-q', '--url', 'http://127.0.0.1:1', ...args, 'hi'], { cwd: folder.path })
  expect(ran).toMatchObject({ status, stdout: '', stderr: expect.stringMatching(says) })
  expect(ran.stderr).not.toContain('canary')
})

test.each([
  { title: 'without a key', args: [], says: /no key was sent: name one for this address by --key-env/ },
  { title: 'with one', args: ['--key-env', 'MINE'], says: /: no$/ },
  { title: 'with a header of its own', args: ['--header', 'authorization: mine'], says: /: no$/ },
])('a request that is rejected $title', async ({ args, says }) => {
  await using server = await serve(send(401, '{"error":{"message":"no"}}'))
  const env = { MINE: KEY, GROQ_API_KEY: KEY }
  for (const command of [['hi'], ['models']]) {
    const { stderr } = await run('lr-llm', [...command, '--url', server.url, ...args], { env })
    expect(stderr.trimEnd()).toMatch(says)
  }
})

test('a request that is rejected with a key that was found: its place is named, the key is not', async () => {
  await using server = await serve(send(401, '{"error":{"message":"no"}}'))
  using folder = tempFolder()
  const env = { XDG_CONFIG_HOME: folder.path, OPENAI_BASE_URL: server.url, OLLAMA_HOST: server.url }
  await run('lr-llm', ['keys', 'set', 'ollama'], { env, stdin: KEY })
  const store = join(folder.path, 'loop-runner/keys.json')
  for (const [model, given, place] of [
    ['openai/x', { OPENAI_API_KEY: KEY }, 'OPENAI_API_KEY'],
    ['ollama/x', {}, store],
  ] as const) {
    for (const command of [['hi'], ['models']]) {
      const { status, stderr } = await run('lr-llm', [...command, '-m', model], { env: { ...env, ...given } })
      expect(status).toBe(3)
      expect(stderr).toMatch(/^lr-llm: \S+: HTTP 401: no \(the key is from .*\)\n$/)
      expect(stderr).toContain(`from ${place})`)
      expect(stderr).not.toContain(KEY)
    }
  }
})

test('a folder cannot name keys, nor variables for a command, in its lr.yaml', async () => {
  for (const line of ['key-env: GROQ_API_KEY', 'key-cmd: env', 'key-file: /etc/passwd', 'pass-env: [GROQ_API_KEY]']) {
    using folder = tempFolder({ 'lr.yaml': `llm:\n  ${line}\n` })
    expect(await run('lr-llm', ['hi'], { cwd: folder.path })).toMatchObject({ status: 2, stdout: '' })
  }
})

describe('acceptance 7: 20 planted secrets are in no output, record, error or child environment', () => {
  const names = [
    ...Object.values(PROVIDERS).flatMap((provider) => provider.keys),
    'LR_PASSWORD',
    'DB_SECRET',
    'NPM_TOKEN',
  ]
  const env = Object.fromEntries(names.map((name, index) => [name, `canary-${index}-0123456789`]))
  /** Repeats all that it received. */
  const echo: Handler = (response, { headers, body }) => {
    response.writeHead(401).end(JSON.stringify({ error: { message: `bad key: ${JSON.stringify(headers)} ${body}` } }))
  }

  test.each([
    { title: 'rejected', args: ['--key-env', 'GROQ_API_KEY', '-v'] },
    { title: 'rejected, as JSON', args: ['--key-env', 'GROQ_API_KEY', '--json'] },
    { title: 'recorded', args: ['--key-file', 'key', '--record', 'record'] },
    { title: 'a header', args: ['--header', 'x-key: canary-header-0123456789'] },
    { title: 'shown settings', args: ['--show-config', '--api-key', 'canary-typed', '--header', 'x-key: canary-1'] },
    { title: 'a dry run', args: ['--dry-run', '--key-file', 'key', '--header', 'x-key: canary-header-0123456789'] },
    { title: 'a command', args: ['-m', 'exec:env; cat', '--record', 'record'] },
    { title: 'a command that fails', args: ['-m', 'exec:env >&2; exit 3', '-v'] },
    { title: 'no connection', args: ['--url', 'http://127.0.0.1:1', '--key-file', 'key', '--retries', '1'] },
    { title: "a key command's environment", args: ['--key-cmd', 'env >&2; echo canary-command-0123456789'] },
    { title: 'a fallback', args: ['--key-env', 'GROQ_API_KEY', '--fallback', 'exec:env'] },
  ])('$title', async ({ args }) => {
    using folder = tempFolder({ key: 'canary-file-0123456789' })
    await bash('chmod 600 key', { cwd: folder.path })
    await using server = await serve(echo)
    const before = args.includes('--url') || args.includes('-m') ? [] : ['--url', server.url]
    const ran = await run('lr-llm', [...before, ...args, 'hi'], { cwd: folder.path, env })
    const record = readdirSync(folder.path).includes('record') ? readFileSync(join(folder.path, 'record'), 'utf8') : ''
    expect(ran.stdout + ran.stderr + record).not.toMatch(/canary/)
    expect(ran.stdout + ran.stderr).not.toBe('')
  })

  test('there are 20 of them', () => {
    expect(new Set([...names, 'file', 'header', 'command', 'typed']).size).toBeGreaterThanOrEqual(20)
  })
})
