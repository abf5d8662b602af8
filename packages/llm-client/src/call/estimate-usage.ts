import type { Usage } from '../answer/answer.ts'
import type { ChatRequest } from '../request/chat-request.ts'
import { estimateTokens, TOKEN_MARGIN } from '../request/write-body.ts'

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

/** A budget must hold. */
function withMargin(tokens: number): number {
  return Math.ceil(tokens * TOKEN_MARGIN)
}
