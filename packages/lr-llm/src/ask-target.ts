import type { Surroundings } from './ask-server.ts'
import type { CallOptions, TextListener } from './server-call.ts'
import type { ChatRequest } from './chat-request.ts'
import type { Result } from './exchange.ts'
import { findKey, type KeySource } from './find-key.ts'
import type { Target } from './target.ts'

/** Everything that makes up one question. */
export interface Question {
  readonly target: Target
  readonly request: ChatRequest
  readonly key: KeySource
  /** How a server is called, with the key that was found. */
  readonly callOptions: (key: string | undefined) => CallOptions
  /** Variables that a command may see although they hold secrets. */
  readonly passEnv: readonly string[]
  /** Whether recorded answers are taken in order. */
  readonly inOrder: boolean
}

/** Asks whoever is meant. Throws LlmFailure where no whole answer comes. */
export async function askTarget(question: Question, io: Surroundings, onText?: TextListener): Promise<Result> {
  const { target, request } = question
  const started = performance.now()
  switch (target.kind) {
    case 'replay': {
      const { replay } = await import('./replay.ts')
      return replay(target.path, request, question.inOrder, io)
    }
    case 'exec': {
      const { runExec } = await import('./run-exec.ts')
      const { timeoutMs } = question.callOptions(undefined)
      const answer = await runExec(target.command, request, { timeoutMs, pass: question.passEnv }, io)
      return { label: target.label, answer, seconds: secondsSince(started) }
    }
    case 'server': {
      const options = question.callOptions(findKey(target, question.key, io))
      const { askServer } = await import('./ask-server.ts')
      const answer = await askServer(target, request, options, io, onText)
      return { label: target.label, answer, seconds: secondsSince(started) }
    }
  }
}

function secondsSince(started: number): number {
  return (performance.now() - started) / 1000
}
