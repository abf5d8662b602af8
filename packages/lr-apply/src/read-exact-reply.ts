import { type Block, isBlock, parseStream, StreamError } from '@loop-runner/block-format'
import { UsageError } from '@loop-runner/cli-kit'
import type { Reply } from '@loop-runner/reply-format'
import { contentsOf, ROLE } from '@loop-runner/stage-protocol'

/**
 * A stream that a program wrote: each block is a file's new content, byte for byte. Nothing is read from the text outside
 * blocks, which is the explanation.
 *
 * @throws UsageError if it is no block stream
 */
export function readExactReply(text: string): Reply {
  const parts = parse(text)
  const roles = new Set<string>(Object.values(ROLE))
  const blocks = parts.filter((part): part is Block => isBlock(part) && !roles.has(part.name))
  const explanation = parts
    .flatMap((part) => (isBlock(part) ? [] : [part.text]))
    .join('\n')
    .trim()
  return {
    blocks: blocks.map(({ name, content }) => ({ name, line: 1, content, lacksFinalNewline: false, isExact: true })),
    show: [],
    blocked: contentsOf(parts, ROLE.blocked).at(-1)?.trim(),
    explanation,
    fullExplanation: explanation,
    declared: undefined,
    usage: contentsOf(parts, ROLE.usage).at(-1),
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
