import { createInterface } from 'node:readline'
import { PassThrough } from 'node:stream'
import { type Io, parseJson, runProcess, type WatchedResult } from '@loop-runner/cli-kit'
import { LlmFailure } from '../answer/failure.ts'
import { isObject, type JsonObject } from '../json.ts'
import { kindOfStatus } from './command-environment.ts'

/** Between the end of its input and stopping it. */
const GRACE_MS = 2000

interface Start {
  readonly command: string
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  /** Of a line that it prints. */
  readonly maxBytes: number
  /** Called with each line that it prints on standard error. */
  readonly progress: (line: string) => void
}

/** A line has one of these, or it would be waited for an answer that does not come. */
const KEYS = ['text', 'delta', 'done', 'error', 'finish', 'usage']

/** Takes the lines that answer one request. */
interface Receiver {
  /** @returns whether it was the last one */
  readonly take: (response: JsonObject) => boolean
  readonly fail: (failure: LlmFailure) => void
}

/** A command that runs for many requests: a JSON line each on its standard input, JSON lines on its standard output. */
export class ExecServer {
  readonly #input = new PassThrough()
  readonly #receivers = new Map<number, Receiver>()
  readonly #start: Start
  readonly #ended: Promise<WatchedResult>
  #stop: () => Promise<void> | void = () => {}
  #line = Buffer.alloc(0)
  #lastError = ''
  #count = 0
  #failure: LlmFailure | undefined

  /** @param io stops it at an interrupt */
  constructor(start: Start, io: Pick<Io, 'onInterrupt'>) {
    this.#start = start
    const { command, cwd, env, progress } = start
    const errors = new PassThrough()
    createInterface({ input: errors }).on('line', (line) => {
      if (line.trim() === '') return
      this.#lastError = line.trim()
      progress(line.trim())
    })
    const onInterrupt: Io['onInterrupt'] = (cleanUp) => {
      this.#stop = cleanUp
      return io.onInterrupt(cleanUp)
    }
    this.#ended = runProcess(
      {
        file: 'sh',
        args: ['-c', command],
        cwd,
        env,
        stdin: this.#input,
        stdout: (chunk) => this.#read(chunk),
        stderr: (chunk) => void errors.write(chunk),
      },
      { onInterrupt },
    )
    void this.#ended.then((result) => errors.end(() => this.#fail(this.#failureOf(result))))
  }

  get isRunning(): boolean {
    return this.#failure === undefined
  }

  /** Sends a request; the receiver gets what comes of it. */
  send(request: JsonObject, receiver: Receiver): void {
    if (this.#failure !== undefined) return receiver.fail(this.#failure)
    const id = ++this.#count
    this.#receivers.set(id, receiver)
    this.#input.write(`${JSON.stringify({ id, ...request })}\n`)
  }

  /** Stops it at once; its requests fail. */
  async stop(): Promise<void> {
    await this.#stop()
  }

  /** Ends its input, and stops it unless it ends by itself. */
  async close(): Promise<void> {
    this.#input.end()
    const timer = setTimeout(() => void this.#stop(), GRACE_MS)
    await this.#ended
    clearTimeout(timer)
  }

  #read(chunk: Buffer): void {
    const lines = Buffer.concat([this.#line, chunk])
    let start = 0
    for (let end = lines.indexOf('\n'); end >= 0; end = lines.indexOf('\n', start)) {
      this.#take(lines.subarray(start, end).toString('utf8'))
      start = end + 1
    }
    this.#line = Buffer.from(lines.subarray(start))
    if (this.#line.length > this.#start.maxBytes) this.#take(this.#line.toString('utf8'))
  }

  #take(line: string): void {
    const { maxBytes } = this.#start
    if (line.trim() === '' || !this.isRunning) return
    if (Buffer.byteLength(line) > maxBytes)
      return this.#break('too-large', `prints a line of more than ${maxBytes} bytes`)
    const value = parseJson(line)
    if (!isObject(value)) return this.#break('cut', `prints a line that is not a JSON object: ${line.slice(0, 80)}`)
    const response = withoutNulls(value)
    if (!KEYS.some((key) => key in response))
      return this.#break('cut', `prints a line without "text", "delta", "done" or "error": ${line.slice(0, 80)}`)
    const [only] = this.#receivers.size === 1 ? [...this.#receivers.keys()] : []
    const id = response['id'] ?? only
    const receiver = typeof id === 'number' ? this.#receivers.get(id) : undefined
    if (receiver === undefined)
      return this.#break('cut', `answers a request that it was not sent: ${line.slice(0, 80)}`)
    if (receiver.take(response)) this.#receivers.delete(id as number)
  }

  /** What it prints cannot be told apart any more. */
  #break(kind: 'cut' | 'too-large', problem: string): void {
    this.#fail(new LlmFailure(kind, `exec-server: the command ${problem}`, { retryable: false }))
    void this.#stop()
  }

  #fail(failure: LlmFailure): void {
    this.#failure ??= failure
    const receivers = [...this.#receivers.values()]
    this.#receivers.clear()
    for (const { fail } of receivers) fail(this.#failure)
  }

  #failureOf({ status }: WatchedResult): LlmFailure {
    const last = this.#lastError === '' ? 'nothing on standard error' : this.#lastError
    return new LlmFailure(kindOfStatus(status), `exec-server: the command ended with exit code ${status}: ${last}`)
  }
}

/** Many languages write null for what is absent. */
function withoutNulls(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null))
}
