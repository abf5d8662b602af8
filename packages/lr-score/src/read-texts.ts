import { readFileSync } from 'node:fs'
import { isBlock, isRole, type Part, pathOfName } from '@loop-runner/block-format'
import { decodeUtf8, type Io, reasonOf, UsageError } from '@loop-runner/cli-kit'
import type { NamedText } from './evaluator.ts'

/**
 * The texts to score: the files named, or with none, and for `-`, what stands on standard input.
 *
 * @throws UsageError for what cannot be read, is not UTF-8, or holds no text
 */
export async function readTexts(operands: readonly string[], io: Io): Promise<NamedText[]> {
  const texts: NamedText[] = []
  for (const operand of operands.length === 0 ? ['-'] : operands) {
    if (operand === '-') texts.push(...textsOfStream(await io.stdin.parts()))
    else texts.push({ name: operand, text: readText(operand) })
  }
  return texts
}

function readText(path: string): string {
  try {
    return decodeUtf8(readFileSync(path), path)
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`${path}: ${reasonOf(error)}`)
  }
}

/** The files of a stream; where it holds none, what stands outside of blocks. */
function textsOfStream(parts: readonly Part[]): NamedText[] {
  const blocks = parts.filter(isBlock)
  const files = blocks.filter(({ name }) => name !== '' && !isRole(name))
  if (files.length > 0) return files.map(({ name, content }) => ({ name: pathOfName(name), text: content }))
  const text = parts.map((part) => (isBlock(part) ? '' : part.text)).join('')
  if (blocks.length > 0 && text.trim() === '') {
    throw new UsageError('standard input: neither a file nor text outside of blocks (lr-blocks get NAME gives a block)')
  }
  return [{ name: '', text }]
}
