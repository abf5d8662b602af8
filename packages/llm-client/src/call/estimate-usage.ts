import type { Usage } from '../answer/answer.ts'
import type { ChatRequest } from '../request/chat-request.ts'
import { estimateTokens, TOKEN_MARGIN } from '../request/write-body.ts'

/**
 * Usage in which `input` is all that was read, from the provider's cache, too, with an estimate of what the server did not report. Without it no limit of tokens or cost could hold.
 *
 * @param text everything that the model wrote
 */
export function estimateUsage(usage: Usage, request: ChatRequest, text: string): Usage {
  const { output, cost } = usage
  const input = inputOf(usage)
  const counted = { ...usage, input, isCachedApart: undefined }
  if (cost !== undefined || (input !== undefined && output !== undefined)) return counted
  return {
    ...counted,
    input: input ?? withMargin(estimateTokens(request)),
    output: output ?? withMargin(Buffer.byteLength(text) / 4),
    isEstimated: true,
  }
}

function inputOf({ input, cached = 0, written = 0, isCachedApart }: Usage): number | undefined {
  return input === undefined || !isCachedApart ? input : input + cached + written
}

/** A budget must hold. */
function withMargin(tokens: number): number {
  return Math.ceil(tokens * TOKEN_MARGIN)
}
