import { NO_NEWLINE_MARKER } from '@loop-runner/block-format'
import { isCloser, readLooseCloser } from './closer.ts'
import { withoutInvisible } from './normalise-reply.ts'
import { type CloserLine, mayBeCut, onlyCloser, type OpenBlock } from './open-block.ts'
import { type LooseOpener, looksLikePath, readLooseOpener } from './opener.ts'
import { PlainBlocks } from './plain-blocks.ts'
import { makePrefixedReader, type PrefixedBlock } from './prefixed-block.ts'
import { closesReasoning, opensReasoning, restAfterReasoning, splitGluedTag } from './reasoning.ts'
import type { ReplyBlock, ReplyContext } from '../reply.ts'
import type { ReplyLines } from './reply-lines.ts'
import { ReplyParts } from './reply-parts.ts'

/** The narrowest opener, in `<` on each side. */
const MIN_WIDTH = 4

/** Goes through the lines of a reply, once. */
export class ReplyReader {
  readonly parts: ReplyParts
  readonly #lines: ReplyLines
  readonly #context: ReplyContext
  readonly #plain: PlainBlocks
  readonly #readPrefixed: (at: number) => PrefixedBlock | undefined
  readonly #isKnown = (name: string) => this.#context.isKnown(name)
  #open: OpenBlock | undefined
  #reasoningAt: number | undefined
  /** Blocks that would turn out to stand one inside another if a stray closer followed. */
  #suspects: ReplyBlock[] = []
  #closedAt = -1

  constructor(lines: ReplyLines, context: ReplyContext) {
    this.parts = new ReplyParts(lines, context)
    this.#lines = lines
    this.#context = context
    this.#plain = new PlainBlocks(lines)
    this.#readPrefixed = makePrefixedReader(lines)
  }

  read(): void {
    for (let at = 0; at < this.#lines.length; at++) {
      const line = this.#lines.at(at)
      if (this.#open) this.#readInside(this.#open, at, line)
      else if (this.#reasoningAt === undefined) at = this.#readOutside(at, line)
      else this.#readReasoning(this.#reasoningAt, at, line)
    }
    if (this.#open) this.#endInside(this.#open)
    this.parts.rejectLostDrafts()
    if (this.#reasoningAt !== undefined) {
      const message = 'the reasoning never ends, and nothing in it is an answer (end it, then send the new versions)'
      this.parts.reject('reasoning-unclosed', this.#reasoningAt, undefined, message)
    }
  }

  /** @returns the index of the last line that was read */
  #readOutside(at: number, line: string): number {
    const plain = withoutInvisible(line)
    if (plain !== undefined) return this.#readWithoutInvisible(at, plain)
    if (at === this.#closedAt + 1 && at > 0 && line.trimEnd() === NO_NEWLINE_MARKER) this.parts.markNoNewline()
    else if (line.includes('<')) return this.#readTag(at, line) ? at : this.#readOpener(at, line)
    else if (isCloser(line, MIN_WIDTH)) this.#readStrayCloser(at)
    else this.parts.keepOutside(at, line)
    return at
  }

  #readWithoutInvisible(at: number, plain: string): number {
    this.parts.note('invisible-characters', at, undefined, 'invisible characters in front of a delimiter are left out')
    return this.#readOutside(at, plain)
  }

  #readTag(at: number, line: string): boolean {
    if (opensReasoning(line)) {
      this.#reasoningAt = at
      this.#readReasoning(at, at, line)
      return true
    }
    const rest = closesReasoning(line) ? restAfterReasoning(line) : undefined
    if (rest === undefined) return false
    this.#dropDrafts(at)
    this.#readBehindTag(at, rest)
    return true
  }

  #readOpener(at: number, line: string): number {
    const opener = line.includes('<<<') ? this.#findOpener(at, line) : undefined
    if (opener) {
      this.#suspects = []
      this.#openBlock(opener, at)
      return at
    }
    const prefixed = line.includes('<<<<') ? this.#readPrefixed(at) : undefined
    if (prefixed && this.#takePrefixed(prefixed, at)) return prefixed.closer
    this.parts.keepOutside(at, line)
    return at
  }

  /** An opener in the first column; or indented a little, where the block is not indented as a whole and none is not (D14). */
  #findOpener(at: number, line: string): LooseOpener | undefined {
    if (!/^ {1,3}</.test(line)) return readLooseOpener(line, this.#isKnown)
    const opener = readLooseOpener(line.trimStart(), this.#isKnown)
    if (!opener || !this.#plain.isEmpty || this.#readPrefixed(at)) return undefined
    return looksLikePath(opener.name) || this.#isKnown(opener.name) ? { ...opener, slip: 'indented' } : undefined
  }

  #openBlock(opener: LooseOpener, at: number): void {
    const { slip, name } = opener
    if (slip) this.parts.note(slip, at, name, 'the line that opens the block is not as it should be, but clear')
    this.parts.openers.push(at)
    this.#open = { ...opener, index: at, closers: [] }
  }

  /** A block that is indented or quoted as a whole counts only where no other does: beside others it is an example. */
  #takePrefixed({ name, prefix, content, closer }: PrefixedBlock, at: number): boolean {
    const code = prefix.includes('>') ? 'quoted' : 'indented'
    if (this.#plain.isEmpty) {
      this.parts.note(code, at, name, `the whole block is ${code}: it is taken without that`)
      this.parts.openers.push(at)
      this.parts.addBlock(name, at, this.#lines.at(at).slice(prefix.length), content)
      this.#closedAt = closer
      return true
    }
    if (this.#isKnown(name) && !this.#plain.has(name)) {
      this.parts.reject(code, at, name, `the block is ${code} (begin its delimiters in the first column)`)
    }
    return false
  }

  #readInside(open: OpenBlock, at: number, line: string): void {
    if (this.#readCloser(open, at, line)) return
    const closer = open.closers.length < 2 ? readLooseCloser(line, open) : undefined
    if (closer) open.closers.push({ index: at, ...closer })
    if (line.includes('</') && closesReasoning(line) && !this.#holds(open, line)) open.reasoningEnd = at
    const inner = line.startsWith('<<<') ? readLooseOpener(line, this.#isKnown) : undefined
    if (!inner || open.nestedAt !== undefined) return
    if (inner.width >= open.width || inner.slip) this.#readInnerOpener(open, inner, at, line)
  }

  #readCloser(open: OpenBlock, at: number, line: string): boolean {
    if (isCloser(line, open.width)) {
      this.#closeBlock(open, at)
      return true
    }
    const glued = line.startsWith('>') ? splitGluedTag(line) : undefined
    if (!glued || !isCloser(glued.closer, open.width)) return false
    this.parts.note('reasoning-glued', at, open.name, 'a reasoning tag on the line that closes the block')
    this.#closeBlock(open, at)
    this.#readOutside(at, glued.rest)
    return true
  }

  #readInnerOpener(open: OpenBlock, inner: LooseOpener, at: number, line: string): void {
    const closer = onlyCloser(open)
    if (open.reasoningEnd !== undefined) {
      this.#dropDrafts(open.reasoningEnd)
      this.#openBlock(inner, at)
    } else if (this.#holds(open, line)) {
      open.holdsOpener = true
    } else if (closer) {
      this.#closeLoosely(open, closer, at)
      this.#openBlock(inner, at)
    } else if (open.closers.length === 0 && this.#isKnown(inner.name)) {
      this.parts.note(
        'closer-missing',
        at,
        open.name,
        'the block is not closed before the next one opens: it ends there',
      )
      this.#suspects.push(...this.#finish(open, at))
      this.#openBlock(inner, at)
    } else open.nestedAt = at
  }

  #holds(open: OpenBlock, line: string): boolean {
    return this.#context.holdsLine(open.name, line)
  }

  #closeBlock(open: OpenBlock, at: number): void {
    this.#closedAt = at
    if (open.nestedAt === undefined) {
      const finished = this.#finish(open, at)
      if (open.holdsOpener || this.#suspects.length > 0) this.#suspects.push(...finished)
    } else {
      this.#open = undefined
      this.parts.rejectNestedAt(open.name, open.index, open.nestedAt)
    }
  }

  /** Ends a block at the one line that all but closes it; what follows that line is text. */
  #closeLoosely(open: OpenBlock, { index, slip, before }: CloserLine, end: number): void {
    this.parts.note(slip, index, open.name, `this line is taken as the block's end, ${'>'.repeat(2 * open.width)}`)
    this.#finish(open, index, before)
    for (let at = index + 1; at < end; at++) this.parts.keepOutside(at, this.#lines.at(at))
  }

  #endInside(open: OpenBlock): void {
    const closer = onlyCloser(open)
    if (closer && open.nestedAt === undefined && !mayBeCut(open.name, closer, this.#lines)) {
      return this.#closeLoosely(open, closer, this.#lines.length)
    }
    this.#open = undefined
    const why = `the block is never closed: the reply was cut off, or a line ${'>'.repeat(2 * open.width)} is missing`
    this.parts.reject('unclosed', open.index, open.name, `${why} (send this file again, whole)`)
  }

  /** @returns the block, if it is one of a file */
  #finish({ name, index }: OpenBlock, end: number, lastLine?: string): ReplyBlock[] {
    this.#open = undefined
    const content = this.#lines.between(index + 1, end) + (lastLine === undefined ? '' : `${lastLine}\n`)
    const before = this.parts.blocks.length
    this.parts.addBlock(name, index, this.#lines.at(index), content)
    return this.parts.blocks.slice(before)
  }

  #readReasoning(from: number, at: number, line: string): void {
    const rest = restAfterReasoning(line)
    if (rest === undefined) return
    this.parts.note('reasoning', from, undefined, 'reasoning is left out')
    this.#reasoningAt = undefined
    this.#readBehindTag(at, rest)
  }

  /** What shares a line with the end of the reasoning: a delimiter (D9), or text. */
  #readBehindTag(at: number, rest: string): void {
    const opener = readLooseOpener(rest.trimStart(), this.#isKnown)
    if (!opener) return this.parts.keepOutside(at, rest)
    this.parts.note('reasoning-glued', at, opener.name, 'the block opens on the line on which the reasoning ends')
    this.#openBlock(opener, at)
  }

  #dropDrafts(at: number): void {
    this.parts.dropDrafts(at, this.#open?.name)
    this.#open = undefined
    this.#suspects = []
  }

  #readStrayCloser(at: number): void {
    for (const block of this.#suspects) this.parts.rejectNested(block)
    this.#suspects = []
    this.parts.note('stray-closer', at, undefined, 'a closing line where no block is open')
  }
}
