import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, connect, type Server } from 'node:net'
import { join } from 'node:path'
import { bareEnvironment, BIN, hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { chatStream, serve } from '@loop-runner/test-kit/server'

const SUBJECT = ['-subj', '/CN=model.example', '-addext', 'subjectAltName=DNS:model.example']

/** A certificate for `model.example` that is not trusted, and its key. */
async function makeCertificate(folder: string): Promise<{ key: Buffer; cert: Buffer }> {
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')]
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  await run('openssl', ['req', ...kind, ...files, ...SUBJECT])
  return { key: readFileSync(join(folder, 'key.pem')), cert: readFileSync(join(folder, 'cert.pem')) }
}

async function listen(server: Server): Promise<{ port: number } & Disposable> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return { port, [Symbol.dispose]: () => void server.close() }
}

/** A proxy that leads every tunnel to one port, and notes what it is asked for. */
function makeProxy(port: number, asked: string[]): Server {
  const proxy = createHttpServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers['proxy-authorization']}`)
    response.end(chatStream(['by proxy']))
  })
  return proxy.on('connect', (request, socket, head) => {
    asked.push(`CONNECT ${request.url} ${request.headers['proxy-authorization']}`)
    const far = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      far.write(head)
      far.pipe(socket).pipe(far)
    })
    far.on('error', () => socket.destroy())
    socket.on('error', () => far.destroy())
  })
}

test('HTTP goes through the proxy, with its password; this machine and NO_PROXY do not', async () => {
  const asked: string[] = []
  using proxy = await listen(makeProxy(1, asked))
  await using near = await serve((response) => void response.end(chatStream(['direct'])))
  const env = { HTTP_PROXY: `http://user:p%40ss@127.0.0.1:${proxy.port}`, NO_PROXY: '.invalid' }
  const ask = (url: string) => run('lr-llm', ['-q', '--retries', '0', '--url', url, 'hi'], { env })
  expect(await ask('http://model.example')).toMatchObject({ status: 0, stdout: 'by proxy\n' })
  expect(await ask(near.url)).toMatchObject({ status: 0, stdout: 'direct\n' })
  expect(await ask('http://model.invalid')).toMatchObject({ status: 4 })
  const pair = Buffer.from('user:p@ss').toString('base64')
  expect(asked).toEqual([`POST http://model.example/v1/chat/completions Basic ${pair}`])
})

test.skipIf(!hasProgram('openssl'))(
  'HTTPS goes through a tunnel; a certificate that is not trusted is 3, and --ca-file or SSL_CERT_FILE trusts it (openssl)',
  async () => {
    using folder = tempFolder()
    const server = createTlsServer(await makeCertificate(folder.path), (request, response) => {
      request.resume().on('end', () => response.end(chatStream(['by tunnel'])))
    })
    using far = await listen(server)
    const asked: string[] = []
    using proxy = await listen(makeProxy(far.port, asked))
    const env: Record<string, string> = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` }
    const ask = (...args: string[]) =>
      run('lr-llm', ['-q', '--url', 'https://model.example', ...args, 'hi'], { env, cwd: folder.path })
    expect(await ask('--ca-file', 'cert.pem')).toEqual({ status: 0, stdout: 'by tunnel\n', stderr: '' })
    expect(asked).toEqual(['CONNECT model.example:443 undefined'])
    const untrusted = await ask()
    expect(untrusted).toMatchObject({ status: 3, stdout: '', stderr: expect.stringContaining('--ca-file FILE') })
    expect(asked.length).toBe(2)
    env['SSL_CERT_FILE'] = join(folder.path, 'cert.pem')
    expect(await ask()).toEqual({ status: 0, stdout: 'by tunnel\n', stderr: '' })
    const elsewhere = await run('lr-llm', ['-q', '--url', 'https://other.example', 'hi'], { env })
    expect(elsewhere).toMatchObject({ status: 3, stderr: expect.stringMatching(/not trusted: [^(]*$/) })
  },
)

test.each([
  { url: 'http://model.example', env: { HTTP_PROXY: 'http://127.0.0.1:1' }, status: 4 },
  { url: 'https://model.example', env: { HTTPS_PROXY: 'http://127.0.0.1:1' }, status: 4 },
])('a proxy that is not there is named, for $url', async ({ url, env, status }) => {
  const ran = await run('lr-llm', ['-q', '--retries', '0', '--url', url, 'hi'], { env })
  expect(ran).toMatchObject({
    status,
    stderr: expect.stringMatching(/^lr-llm: 127.0.0.1:1 .the proxy for model.example.: conn/),
  })
})

test('what is no TLS, no HTTP and no certificate is said to be that', async () => {
  using folder = tempFolder({ 'ca.pem': 'hello' })
  await using server = await serve((response) => void response.socket?.end('220 mail.example ESMTP\r\n'))
  const ask = (...args: string[]) => run('lr-llm', ['-q', '--retries', '0', ...args, 'hi'], { cwd: folder.path })
  const secure = server.url.replace('http:', 'https:')
  expect(await ask('--url', secure)).toMatchObject({ status: 4, stderr: expect.stringContaining('does not speak TLS') })
  expect(await ask('--url', server.url)).toMatchObject({ status: 4, stderr: expect.stringContaining('speak HTTP') })
  const wrong = await ask('--url', secure, '--ca-file', 'ca.pem')
  expect(wrong).toMatchObject({ status: 2, stderr: expect.stringContaining('ca.pem: contains no certificate') })
})

test('a local server that does not run is named with the command that starts it', async () => {
  const ask = (...args: string[]) => run('lr-llm', ['-q', '--retries', '0', ...args, 'hi'])
  const ollama = 'lr-llm: 127.0.0.2:11434: connection refused (start Ollama: ollama serve)\n'
  expect(await ask('-m', 'ollama/a', '--url', 'http://127.0.0.2:11434')).toMatchObject({ status: 4, stderr: ollama })
  const other = 'lr-llm: 127.0.0.2:9: connection refused (is the server running?)\n'
  expect(await ask('--url', 'http://127.0.0.2:9')).toMatchObject({ status: 4, stderr: other })
})

test('a proxy of another kind is refused', async () => {
  const env = { ALL_PROXY: 'socks5://127.0.0.1:1' }
  const ran = await run('lr-llm', ['-q', '--url', 'http://model.example', 'hi'], { env })
  expect(ran).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('http://HOST:PORT') })
})

test.each([
  { signal: 'SIGINT', status: 130 },
  { signal: 'SIGTERM', status: 143 },
] as const)('$signal mid-answer ends it at once with nothing printed', async ({ signal, status }) => {
  let begun = () => {}
  const hasBegun = new Promise<void>((resolve) => (begun = resolve))
  await using server = await serve((response) => {
    response.writeHead(200).write(chatStream(['half'], null, ''), begun)
  })
  const child = spawn(join(BIN, 'lr-llm'), ['--url', server.url, 'hi'], {
    env: bareEnvironment(),
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const stdout: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
  const ended = new Promise((resolve) => {
    child.on('close', (code, by) => resolve(by ?? code))
  })
  await hasBegun
  child.kill(signal)
  expect([signal, status]).toContain(await ended)
  expect(Buffer.concat(stdout).length).toBe(0)
})
