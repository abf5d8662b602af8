import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import {
  defineCommand,
  interruptProcess,
  type Io,
  isLoopbackHost,
  listenFailure,
  mayRun,
  processMark,
  reasonOf,
  UsageError,
} from '@loop-runner/cli-kit'
import { targetsOf } from '../request/question-of-options.ts'
import { chooseModel } from '../models/choose-model.ts'
import { appendText, ENDPOINTS_KEY, readEndpoints } from '@loop-runner/llm-client'
import { Clients } from './clients.ts'
import { makeUpstream } from './make-upstream.ts'
import { logLine, logSentence, type RequestFacts } from './request-log.ts'
import { SERVE_OPTIONS, type ServeValues } from './serve-options.ts'

/** Between looks at the process of --pid. */
const LOOK_MS = 500

export const serve = defineCommand({
  usage: '[-m PROVIDER/MODEL] [--port N] [options]',
  summary: 'Serve one model as an OpenAI-compatible endpoint: one key, one budget and one rate for many programs.',
  options: SERVE_OPTIONS,
  details: `
The address alone is the first line on standard output. There are
/v1/chat/completions (streamed or not), /v1/models, /metrics (Prometheus) and
/health (200, or 503 if the model cannot be reached). An incomplete answer is an
error, never a "stop".

Requests beyond the limits wait, and clients take turns. serve waits for rate
limits of the model's server; a client gets a 429 only after --wait-limit, or if
--max-queue requests are waiting. Beyond loopback, clients need a token. On an
interrupt, running answers finish and waiting requests are refused.

Exit codes: 2 invalid usage · 3 port in use, or no ledger · 130, 143 interrupted

  lr-llm serve -m groq/openai/gpt-oss-120b --rpm 30 --max-cost 5 --client ci --client night
`,
  fileKeys: { names: [ENDPOINTS_KEY], needTrust: true, judge: async (files) => readEndpoints(files) },
  async run({ options: given, typed, configFiles }, io) {
    const endpoints = readEndpoints(configFiles)
    const options = await chooseModel({ options: given, typed, endpoints }, io)
    if (options.pid !== undefined) stopAfter(options.pid)
    const clients = new Clients(options, io)
    const isLoopback = isLoopbackHost(options.host)
    if (!isLoopback && !clients.areNamed) {
      throw new UsageError(
        `option --host: ${options.host} can be reached by others (require tokens: --client, --clients, --token-file, --token-env)`,
      )
    }
    const { ChatService } = await import('./chat-service.ts')
    const { upstream, start, stop } = makeUpstream(options, endpoints, io)
    await start()
    const { useLocalVisibly } = await import('@loop-runner/llm-client/ollama/use-local-visibly')
    const local = options.local
      ? await useLocalVisibly(targetsOf(options, io.env, endpoints)[0], io, options.quiet)
      : undefined
    const service = new ChatService(upstream, { isLoopback, clients, onRequest: loggerOf(options, io) })
    const address = await listen(service.server, options)
    await io.stdout.write(`${address}\n`)
    io.progress(`serving ${upstream.label}`)
    // Ends by a signal only; running requests get the grace time.
    io.onInterrupt(async () => {
      const { running } = service
      if (running > 0) {
        const what = running === 1 ? '1 request is' : `${running} requests are`
        io.progress(`${what} still running (at most ${options.grace / 1000} s more; a second signal ends at once)`)
      }
      await Promise.race([service.stop(), new Promise((end) => setTimeout(end, options.grace))])
      await stop()
      await local?.[Symbol.asyncDispose]()
    })
    return new Promise(() => {})
  },
})

/** Stops this process as SIGTERM does, once another one has ended, by whatever. */
function stopAfter(pid: number): void {
  const mark = processMark(pid)
  const timer = setInterval(() => {
    if (mayRun(mark)) return
    clearInterval(timer)
    interruptProcess(processMark())
  }, LOOK_MS)
}

/** A sentence on standard error for each request, and a line of JSON if a file is named. */
function loggerOf({ log }: ServeValues, { cwd, stdout, progress, warn }: Io): (facts: RequestFacts) => void {
  if (log !== undefined && log !== '-') appendText(resolve(cwd, log), '')
  return (facts) => {
    progress(logSentence(facts))
    if (log === undefined) return
    const line = logLine(facts, new Date())
    const write = async () => (log === '-' ? stdout.write(line) : appendText(resolve(cwd, log), line))
    write().catch((error: unknown) => warn(`option --log: ${reasonOf(error)}`))
  }
}

function listen(server: InstanceType<typeof import('node:http').Server>, { host, port }: ServeValues): Promise<string> {
  return new Promise((done, fail) => {
    server.once('error', (error) => fail(listenFailure({ host, port }, error)))
    server.listen(port, host, () => {
      const { address, family, port: taken } = server.address() as AddressInfo
      done(`http://${family === 'IPv6' ? `[${address}]` : address}:${taken}`)
    })
  })
}
