import { defineCommand, ExitStatus } from '@loop-runner/cli-kit'
import { TARGET_OPTIONS } from '../ask/ask-options.ts'
import { localTarget } from '../request/question-of-options.ts'
import { useLocalVisibly } from '@loop-runner/llm-client'

const KEEP_ALIVE_MS = 3_600_000

export const local = defineCommand({
  usage: '[-m MODEL]',
  summary: 'Run an Ollama server with a model until interrupted.',
  options: { model: TARGET_OPTIONS.model },
  details: `
Unless a server runs at OLLAMA_HOST, starts the program ollama or a Docker
container. Pulls the model if it is missing. Prints the address of the server
once the model is ready. On an interrupt, stops the server if it started it.
Requests with -L, or with OLLAMA_HOST set to that address, use this server.

Exit codes: 2 invalid usage · 3 no server can be started, or the model cannot be
pulled · 4 the server exited or does not respond · 130, 143 interrupted

  lr-llm local -m qwen3:8b &
`,
  async run({ options }, io) {
    const target = localTarget(options.model, io.env)
    const server = await useLocalVisibly(target, io, options.quiet)
    await io.stdout.write(`${server.url}\n`)
    io.onInterrupt(async () => server[Symbol.asyncDispose]())
    // Neither a pending promise nor a watched container keeps Node running.
    const alive = setInterval(() => {}, KEEP_ALIVE_MS)
    if (!server.died) return new Promise(() => {})
    const last = await server.died
    clearInterval(alive)
    // At an interrupt it was stopped by us.
    if (io.signal.aborted) return new Promise(() => {})
    io.warn(`${target.label}: the server ended: ${last}`)
    return ExitStatus.TryAgain
  },
})
