import { isBlock, type Part, parseStream, spellName, StreamError } from '@loop-runner/block-format'
import type { CountTokens } from '../tokens/count-tokens.ts'

/** Tokens of one block of a prompt, or of the text outside of blocks. */
export interface Size {
  readonly name: string
  readonly tokens: number
}

/**
 * The sizes of a prompt's blocks, of the instructions on how to reply, and of the text between, delimiters included,
 * largest first; together they are the whole.
 */
export function sizesOf(prompt: string, reply: string, count: CountTokens): Size[] {
  const sizes = partsOf(prompt.replace(reply, ''))
    .filter(isBlock)
    .map(({ name, content }) => ({ name: name === '' ? '(command line)' : spellName(name), tokens: count(content) }))
  if (reply !== '' && prompt.includes(reply)) sizes.push({ name: '(how to reply)', tokens: count(reply) })
  const between = count(prompt) - sizes.reduce((sum, { tokens }) => sum + tokens, 0)
  return [...sizes, { name: '(text between blocks)', tokens: between }].sort((one, other) => other.tokens - one.tokens)
}

/** One line a size, tokens flush right. */
export function sizeLines(sizes: readonly Size[]): string[] {
  const width = String(sizes[0]?.tokens ?? 0).length
  return sizes.map(({ name, tokens }) => `${String(tokens).padStart(width)} tokens  ${name}`)
}

/** A template of the user's own may write something that is no stream; then it is all text. */
function partsOf(prompt: string): readonly Part[] {
  try {
    return parseStream(prompt)
  } catch (error) {
    if (error instanceof StreamError) return []
    throw error
  }
}
