import {
  CLOSER_START,
  endOfBlankLine,
  endOfMarker,
  endOfRun,
  MIN_WIDTH,
  nextCloserStart,
  readOpener,
  writeDelimiters,
} from './delimiter.ts'
import { type Block, isBlock, NO_NEWLINE_MARKER, type Part } from './part.ts'
import { PartError } from './stream-error.ts'

const GREATER = 62

/** A block as it stands in a stream. It is widened as far as its content demands, and never further. */
export function writeBlock(block: Block): string {
  return piecesOf(block).join('')
}

/** In pieces, so that a stream is put together once, however large its contents are. */
function piecesOf({ name, content }: Block): string[] {
  const { opener, closer } = writeDelimiters(name, widthFor(content))
  if (content === '' || content.endsWith('\n')) return [opener, content, closer]
  return [opener, content, '\n', closer, `${NO_NEWLINE_MARKER}\n`]
}

/**
 * Writes a stream: the inverse of parseStream.
 *
 * @throws PartError for parts that would be read as something else: a text that holds an opener, that begins with the
 *   marker line right behind a block, or that lacks its last newline in front of a block
 */
export function writeStream(parts: readonly Part[]): string {
  const pieces: string[] = []
  let block: Block | undefined
  for (const [index, part] of joinTexts(parts)) {
    if (isBlock(part)) {
      checkBlock(index, pieces.at(-1) ?? '\n')
      pieces.push(...piecesOf(part))
      block = part
    } else {
      checkText(index, part.text, block)
      pieces.push(part.text)
    }
  }
  return pieces.join('')
}

/** The parts with their places, texts in a row made one, empty texts left out. */
function* joinTexts(parts: readonly Part[]): Generator<[number, Part]> {
  let text = ''
  let from = 0
  for (const [index, part] of parts.entries()) {
    if (!isBlock(part)) {
      if (text === '') from = index
      text += part.text
      continue
    }
    if (text !== '') yield [from, { text }]
    text = ''
    yield [index, part]
  }
  if (text !== '') yield [from, { text }]
}

/** The `<` that an opener needs on each side so that no line of the content reads as its closer. */
export function widthFor(content: string): number {
  let longest = 0
  let at = content.startsWith(CLOSER_START) ? 0 : nextCloserStart(content, 0)
  for (; at >= 0; at = nextCloserStart(content, at)) {
    const end = endOfRun(content, at, GREATER)
    if (endOfBlankLine(content, end, true) !== undefined) longest = Math.max(longest, end - at)
  }
  return Math.max(MIN_WIDTH, Math.floor(longest / 2) + 1)
}

function checkBlock(index: number, before: string): void {
  if (!before.endsWith('\n')) {
    throw new PartError(index, 'the text before this block does not end with a newline')
  }
}

function checkText(index: number, text: string, before: Block | undefined): void {
  if (before?.content.endsWith('\n') && endOfMarker(text, 0, true) !== undefined) {
    throw new PartError(index, `the text after a block begins with "${NO_NEWLINE_MARKER}"`)
  }
  if (holdsOpener(text)) throw new PartError(index, 'the text contains a line that opens a block')
}

function holdsOpener(text: string): boolean {
  for (let at = text.indexOf('<<<<'); at >= 0; at = text.indexOf('<<<<', at + 4)) {
    if (at > 0 && text[at - 1] !== '\n') continue
    const newline = text.indexOf('\n', at)
    if (readOpener(text.slice(at, newline < 0 ? text.length : newline))) return true
  }
  return false
}
