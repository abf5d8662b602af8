import { appendText } from './append-text.ts'
import type { ChatRequest } from '../request/chat-request.ts'
import { type Result, matchOf, writeExchange } from './exchange.ts'
import type { LlmFailure } from '../answer/failure.ts'
import { redact } from '../keys/redact.ts'

interface Recorded {
  readonly path: string
  /** Who was asked first. */
  readonly label: string
  readonly request: ChatRequest
  readonly outcome: Result | LlmFailure
  readonly seconds: number
  /** What must not stand in a record. */
  readonly secrets: readonly string[]
}

/** Adds what was asked and what came of it to a record, readable by its owner only. */
export async function appendRecord({ path, label, request, outcome, seconds, secrets }: Recorded): Promise<void> {
  const exchange = {
    match: await matchOf(request),
    model: label,
    messages: request.messages.map(({ role, text, attachments = [] }) => ({
      role,
      text,
      attachments: attachments.map(({ name }) => name),
    })),
    options: { ...request.sampling },
    outcome,
  }
  appendText(path, redact(writeExchange(exchange, seconds, new Date()), ...secrets))
}
