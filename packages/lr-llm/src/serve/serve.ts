import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import {
  CommandError,
  defineCommand,
  ExitStatus,
  type Io,
  reasonOf,
  UsageError,
  type Values,
} from '@loop-runner/cli-kit'
import { CALL_OPTIONS, REQUEST_OPTIONS, TARGET_OPTIONS } from '../ask/ask-options.ts'
import { checkKey, readKeyFile } from '../keys/find-key.ts'
import { targetsOf } from '../request/question-of-options.ts'
import { chooseModel } from '../models/choose-model.ts'
import { ENDPOINTS_KEY, readEndpoints } from '../models/endpoints.ts'
import { makeUpstream } from './make-upstream.ts'

const OPTIONS = {
  ...TARGET_OPTIONS,
  body: REQUEST_OPTIONS.body,
  ...CALL_OPTIONS,
  host: { type: 'text', placeholder: 'HOST', needsTrust: true, default: '127.0.0.1', describe: 'address to listen on' },
  port: {
    type: 'integer',
    min: 0,
    max: 65_535,
    placeholder: 'N',
    default: 8484,
    describe: 'port to listen on; 0 picks a free one',
  },
  'token-env': {
    type: 'text',
    placeholder: 'NAME',
    commandLineOnly: true,
    describe: 'require the token in this variable',
  },
  'token-file': {
    type: 'text',
    placeholder: 'FILE',
    commandLineOnly: true,
    describe: 'require the token in this file',
  },
  concurrent: { type: 'integer', min: 1, default: 8, placeholder: 'N', describe: 'serve up to N requests at a time' },
  grace: {
    type: 'duration',
    default: '30s',
    placeholder: 'TIME',
    describe: 'time limit for running requests when stopped',
  },
} as const
export type ServeValues = Values<typeof OPTIONS>

const LOOPBACK = /^(localhost|127(\.\d+){3}|::1)$/

export const serve = defineCommand({
  usage: '[-m PROVIDER/MODEL] [--port N] [options]',
  summary: 'Serve one model as an OpenAI-compatible endpoint on this machine.',
  options: OPTIONS,
  details: `
The address alone is the first line on standard output. There are
/v1/chat/completions (streamed or not), /v1/models and /health (200, or 503 when
the model cannot be reached). An incomplete answer is an error, never a
"stop". A token is required beyond loopback.

Exit codes: 2 invalid usage · 3 port in use · 130, 143 interrupted

  lr-llm serve -m replay:answers --port 0
`,
  fileKeys: { names: [ENDPOINTS_KEY], needTrust: true, judge: async (files) => readEndpoints(files) },
  async run({ options: given, typed, configFiles }, io) {
    const endpoints = readEndpoints(configFiles)
    const options = await chooseModel({ options: given, typed, endpoints }, io)
    const token = readToken(options, io)
    const isLoopback = LOOPBACK.test(options.host)
    if (!isLoopback && token === undefined) {
      throw new UsageError(
        `option --host: ${options.host} can be reached by others (name a token: --token-env, --token-file)`,
      )
    }
    const { ChatService } = await import('./chat-service.ts')
    const { upstream, stop } = makeUpstream(options, endpoints, io)
    const { useLocalVisibly } = await import('../ollama/use-local-visibly.ts')
    const local = options.local
      ? await useLocalVisibly(targetsOf(options, io.env, endpoints)[0], io, options.quiet)
      : undefined
    const service = new ChatService(upstream, {
      isLoopback,
      token,
      concurrent: options.concurrent,
      onRequest: io.progress,
    })
    const address = await listen(service.server, options)
    await io.stdout.write(`${address}\n`)
    io.progress(`serving ${upstream.label}`)
    // Ends by a signal only; running requests get the grace time.
    io.onInterrupt(async () => {
      await Promise.race([service.stop(), new Promise((end) => setTimeout(end, options.grace))])
      await stop()
      await local?.[Symbol.asyncDispose]()
    })
    return new Promise(() => {})
  },
})

function listen(server: InstanceType<typeof import('node:http').Server>, { host, port }: ServeValues): Promise<string> {
  return new Promise((done, fail) => {
    server.once('error', (error) => fail(new CommandError(ExitStatus.Failed, `${host}:${port}: ${reasonOf(error)}`)))
    server.listen(port, host, () => {
      const { address, family, port: taken } = server.address() as AddressInfo
      done(`http://${family === 'IPv6' ? `[${address}]` : address}:${taken}`)
    })
  })
}

function readToken({ 'token-env': name, 'token-file': file }: ServeValues, { env, cwd }: Io): string | undefined {
  if (name !== undefined && file !== undefined)
    throw new UsageError('a token can be named once: --token-env, --token-file')
  if (name !== undefined) return checkKey(env[name] ?? '', `option --token-env: ${name}`)
  if (file === undefined) return undefined
  return readKeyFile(resolve(cwd, file))
}
