import { type Block, isBlock, parseStream, StreamError } from '@loop-runner/block-format'
import { UsageError } from '@loop-runner/cli-kit'
import type { Reply } from '@loop-runner/reply-format'

/**
 * A stream that a program wrote: each block is a file's new content, byte for byte. Nothing is read from the text outside
 * blocks, which is the explanation.
 *
 * @throws UsageError if it is no block stream
 */
export function readExactReply(text: string): Reply {
  const parts = parse(text)
  const blocks = parts.filter((part): part is Block => isBlock(part) && part.name !== 'usage' && part.name !== '')
  const explanation = parts
    .flatMap((part) => (isBlock(part) ? [] : [part.text]))
    .join('\n')
    .trim()
  const usage = parts.findLast((part): part is Block => isBlock(part) && part.name === 'usage')
  return {
    blocks: blocks.map(({ name, content }) => ({ name, line: 1, content, lacksFinalNewline: false, isExact: true })),
    show: [],
    blocked: undefined,
    explanation,
    fullExplanation: explanation,
    declared: undefined,
    usage: usage?.content,
    noted: [],
    rejected: [],
  }
}

function parse(text: string) {
  try {
    return parseStream(text)
  } catch (error) {
    if (error instanceof StreamError) throw new UsageError(`--reply exact: ${error.message}`)
    throw error
  }
}
