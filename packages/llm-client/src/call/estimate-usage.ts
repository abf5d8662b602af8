import type { Usage } from '../answer/answer.ts'
import type { ChatRequest } from '../request/chat-request.ts'
import { estimateTokens } from '../request/write-body.ts'

/** A budget must hold: the estimate of four bytes a token is rather too low. */
const MARGIN = 1.3

/**
 * Usage with an estimate of what the server did not report. Without it no limit of tokens or cost could hold.
 *
 * @param text everything that the model wrote
 */
export function estimateUsage(usage: Usage, request: ChatRequest, text: string): Usage {
  const { input, output, cost } = usage
  if (cost !== undefined || (input !== undefined && output !== undefined)) return usage
  return {
    ...usage,
    input: input ?? withMargin(estimateTokens(request)),
    output: output ?? withMargin(Buffer.byteLength(text) / 4),
    isEstimated: true,
  }
}

function withMargin(tokens: number): number {
  return Math.ceil(tokens * MARGIN)
}
