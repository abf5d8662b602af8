import { runProcess } from '@loop-runner/cli-kit'
import { type Answer, NO_ANSWER } from '../answer/answer.ts'
import type { Context } from '../context.ts'
import type { ChatRequest, Sampling } from '../request/chat-request.ts'
import { LlmFailure } from '../answer/failure.ts'
import { commandEnvironment, kindOfStatus } from './command-environment.ts'

interface ExecOptions {
  readonly timeoutMs: number
  /** Variables that the command may see although they hold secrets. */
  readonly pass: readonly string[]
  /** Of its answer. */
  readonly maxBytes: number
}

/**
 * Runs a shell command: the prompt on its standard input, the answer on its standard output. It gets no keys.
 *
 * @throws LlmFailure when it fails or answers nothing
 */
export async function runExec(
  command: string,
  request: ChatRequest,
  { timeoutMs, pass, maxBytes }: ExecOptions,
  io: Context,
): Promise<Answer> {
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  const result = await runProcess(
    {
      file: 'sh',
      args: ['-c', command],
      cwd: io.cwd,
      env: { ...commandEnvironment(io.env, pass), ...samplingVariables(request.sampling) },
      stdin: request.messages.map(({ text }) => text).join('\n\n'),
      stdout: (chunk) => stdout.push(chunk),
      maxStdoutBytes: maxBytes,
      stderr: (chunk) => stderr.push(chunk),
      timeoutMs,
    },
    { onInterrupt: (stop) => onEnd(io, stop) },
  )
  io.signal.throwIfAborted()
  const said = Buffer.concat(stderr).toString('utf8').trim().split('\n')
  // The last line is a part of the error of a command that failed.
  const hasFailed = result.status !== 0 && !result.flooded && !result.timedOut
  for (const line of hasFailed ? said.slice(0, -1) : said) if (line !== '') io.progress(`exec: ${line}`)
  const text = decode(Buffer.concat(stdout))
  if (result.flooded) {
    throw new LlmFailure('too-large', `exec: the answer is larger than ${maxBytes} bytes (--max-answer-bytes)`)
  }
  if (result.timedOut) throw new LlmFailure('timeout', `exec: no answer within ${timeoutMs / 1000} s (--timeout)`)
  if (hasFailed) {
    const last = said.at(-1) || 'nothing on standard error'
    throw new LlmFailure(
      kindOfStatus(result.status),
      `exec: the command ended with exit code ${result.status}: ${last}`,
      { partial: text },
    )
  }
  if (text.trim() === '') throw new LlmFailure('empty', 'exec: the answer is empty')
  return { ...NO_ANSWER, text, finish: 'stop', ended: true }
}

/** Calls it at an interrupt of the program, and when the caller has given the request up. */
function onEnd({ onInterrupt, signal }: Context, stop: () => Promise<void> | void): () => void {
  const forget = onInterrupt(stop)
  const listener = () => void stop()
  signal.addEventListener('abort', listener)
  return () => {
    forget()
    signal.removeEventListener('abort', listener)
  }
}

/** The options of the request, as the variables that set them for lr-llm: a command may be another lr-llm. */
function samplingVariables(sampling: Sampling): Record<string, string> {
  const { temperature, topP, maxTokens, stop, seed, effort, schema } = sampling
  const values = {
    LR_LLM_TEMPERATURE: temperature,
    LR_LLM_TOP_P: topP,
    LR_LLM_MAX_TOKENS: maxTokens,
    LR_LLM_STOP: stop?.join('\n'),
    LR_LLM_SEED: seed,
    LR_LLM_EFFORT: effort,
    LR_LLM_SCHEMA: schema === undefined ? undefined : JSON.stringify(schema),
  }
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  )
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new LlmFailure('cut', 'exec: the answer is not UTF-8', { retryable: false })
  }
}
