import { isBlock, type Part, parseStream, StreamError } from '@loop-runner/block-format'
import type { CountTokens } from './count-tokens.ts'

/** Tokens of one block of a prompt, or of all its text. */
export interface Size {
  readonly name: string
  readonly tokens: number
}

/** The sizes of a prompt's blocks, largest first; what stands outside blocks, delimiters included, is one of them. */
export function sizesOf(prompt: string, count: CountTokens): Size[] {
  const blocks = partsOf(prompt)
    .filter(isBlock)
    .map(({ name, content }) => ({ name: name === '' ? '(command line)' : name, tokens: count(content) }))
  const inBlocks = blocks.reduce((sum, { tokens }) => sum + tokens, 0)
  const all = [...blocks, { name: '(text between blocks)', tokens: count(prompt) - inBlocks }]
  return all.sort((one, other) => other.tokens - one.tokens)
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
