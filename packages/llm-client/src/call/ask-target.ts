import type { Answer } from '../answer/answer.ts'
import type { Context } from '../context.ts'
import type { ChatRequest } from '../request/chat-request.ts'
import type { Result } from '../recording/recording.ts'
import { findKey, placeOfKey, type KeySource } from '../keys/find-key.ts'
import { MAX_ANSWER_BYTES } from '../answer/max-answer-bytes.ts'
import { cutAtStop } from '../answer/cut-at-stop.ts'
import type { CallOptions, AnswerListener } from '../answer/server-call.ts'
import type { Target } from '../models/target.ts'
import type { Budget } from './ask-server.ts'
import { settleAttempt, type Turn } from '../shared/turn.ts'

/** How a target is called. */
export interface AskOptions {
  readonly key: KeySource
  readonly callOptions: Omit<CallOptions, 'key'> & Partial<Budget>
  /** Variables that a command may see although they hold secrets. */
  readonly passEnv: readonly string[]
  /** Whether recordings are replayed in order. */
  readonly inOrder: boolean
  /** Among the requests that share limits. */
  readonly turn?: Turn | undefined
}

/** Asks a server, a command or a record. Throws LlmFailure without a complete answer. */
export async function askTarget(
  target: Target,
  request: ChatRequest,
  { key, callOptions, passEnv, inOrder, turn }: AskOptions,
  io: Context,
  listener: AnswerListener = {},
): Promise<Result> {
  const started = Date.now()
  const seconds = () => (Date.now() - started) / 1000
  switch (target.kind) {
    case 'replay': {
      const { replay } = await import('../recording/replay.ts')
      return replay(target.path, request, inOrder, io)
    }
    case 'exec': {
      const { runExec } = await import('../exec/run-exec.ts')
      const { timeoutMs, maxBytes = MAX_ANSWER_BYTES } = callOptions
      const options = { timeoutMs, pass: passEnv, maxBytes }
      const attempt = await turn?.begin(false, io.signal)
      const whole = await settleAttempt(attempt, () => runExec(target.command, request, options, io))
      const answer = cutAtStop(whole, request, target.label)
      return { label: target.label, answer, seconds: seconds() }
    }
    case 'exec-server': {
      const { askExecServer } = await import('../exec/ask-exec-server.ts')
      const { timeoutMs, maxBytes = MAX_ANSWER_BYTES } = callOptions
      const options = { timeoutMs, pass: passEnv, maxBytes }
      const attempt = await turn?.begin(false, io.signal)
      const whole = await settleAttempt(attempt, () => askExecServer(target.command, request, options, io, listener))
      const answer = cutAtStop(whole, request, target.label)
      return { label: target.label, answer, seconds: seconds() }
    }
    case 'gguf': {
      const whole = await askModelFile(target, request, { ...callOptions, turn }, io, listener)
      return { label: target.label, answer: cutAtStop(whole, request, target.label), seconds: seconds() }
    }
    case 'server': {
      const found = await findKey(target, key, io)
      const { askServer } = await import('./ask-server.ts')
      const keyPlace = placeOfKey(target, key, io.env)
      const whole = await askServer(target, request, { ...callOptions, key: found, keyPlace, turn }, io, listener)
      const answer = cutAtStop(whole, request, target.label)
      return { label: target.label, answer, seconds: seconds() }
    }
  }
}

async function askModelFile(
  target: Extract<Target, { kind: 'gguf' }>,
  request: ChatRequest,
  options: Omit<CallOptions, 'key'>,
  io: Context,
  listener: AnswerListener,
): Promise<Answer> {
  if (target.service) {
    const { askModelService } = await import('../gguf/ask-model-service.ts')
    return askModelService({ ...target.service, label: target.label }, request, options, io, listener)
  }
  if (io.env['LR_ITERATION'] !== undefined) {
    io.warn(`${target.label}: loaded for this request only (lr-llm serve -m gguf:FILE keeps it in memory)`)
  }
  const { askGguf } = await import('../gguf/ask-gguf.ts')
  return askGguf(target, request, options, io, listener)
}
