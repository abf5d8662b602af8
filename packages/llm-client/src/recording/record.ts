import { appendText } from './append-text.ts'
import type { ChatRequest } from '../request/chat-request.ts'
import { type Result, matchOf, writeRecording } from './recording.ts'
import type { LlmFailure } from '../answer/failure.ts'
import { redact } from '../keys/redact.ts'

interface Recorded {
  readonly path: string
  /** The first model. */
  readonly label: string
  readonly request: ChatRequest
  readonly outcome: Result | LlmFailure
  readonly seconds: number
  /** Values that must not be recorded. */
  readonly secrets: readonly string[]
}

/** Appends a request and its outcome to a file that only its owner can read. */
export async function appendRecord({ path, label, request, outcome, seconds, secrets }: Recorded): Promise<void> {
  const recording = {
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
  appendText(path, redact(writeRecording(recording, seconds, new Date()), ...secrets))
}
