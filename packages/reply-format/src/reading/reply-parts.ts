import { NO_NEWLINE_MARKER } from '@loop-runner/block-format'
import { type Role, ROLE } from '@loop-runner/stage-protocol'
import { isCloser } from './closer.ts'
import type { DeviationCode } from '../deviations.ts'
import { isRemoval } from '../foreign/patches.ts'
import { OutsideText } from './outside-text.ts'
import type { Finding, ReplyBlock, ReplyContext } from '../reply.ts'
import type { ReplyLines } from './reply-lines.ts'
import { linesOf } from '../text-lines.ts'
import { isUsage } from './usage-block.ts'

/** Roles whose blocks say something in a reply. */
const OF_REPLIES = new Set<Role>([ROLE.run, ROLE.show, ROLE.blocked])
/** Names of blocks that are no new versions: what the prompt showed, or explanation. */
const TEXT_NAMES = new Set<string>(Object.values(ROLE).filter((role) => !OF_REPLIES.has(role)))
/** The prompt asks to say why: some models do so in a block. */
const REASON = /^(?:why|reasons?|rationale|summary|notes?|analysis)$/
/** A request whose one path stands in the name of its block. */
const SHOW_IN_NAME = /^show:?\s+(\S.*)$/
/** The narrowest opener, in `<` on each side. */
const MIN_WIDTH = 4

/** What has been read of a reply so far. Lines are named by their index. */
export class ReplyParts {
  readonly blocks: ReplyBlock[] = []
  readonly outside: OutsideText
  /** The indices of the lines that open blocks. */
  readonly openers: number[] = []
  readonly noted: Finding[] = []
  readonly rejected: Finding[] = []
  /** What lr-llm says about the call, where that is not the reply's end. */
  usage: string | undefined
  /** Paths that the model asks to see. */
  readonly show: string[] = []
  /** Why the model says that it cannot be done. */
  blocked: string | undefined
  /** Names of blocks that were taken as drafts, with their lines. */
  readonly #drafts = new Map<string, number>()
  /** Whether the last block was a file's: only then does a marker line behind it say something of a file. */
  #endsInFile = false
  readonly #context: ReplyContext
  readonly #lines: ReplyLines

  constructor(lines: ReplyLines, context: ReplyContext) {
    this.#lines = lines
    this.outside = new OutsideText(lines)
    this.#context = context
  }

  /** A line outside blocks; a stray closer says nothing. */
  keepOutside(index: number, line: string): void {
    if (!isCloser(line, MIN_WIDTH)) this.outside.keep(index, line)
  }

  /**
   * @param opener the line of the opener
   * @param content its lines, each ended by LF
   */
  addBlock(name: string, index: number, opener: string, content: string): void {
    this.#endsInFile = false
    if (name === ROLE.usage && isUsage(content)) {
      this.usage = content
      return
    }
    const request = requestIn(name, content)
    if (request) return void this.show.push(...request)
    if (name === ROLE.blocked) {
      this.blocked = content.trim()
      return
    }
    if (/^".*\\.*"$/.test(name)) {
      return this.reject('bad-name', index, name, 'the escapes in this name are not UTF-8 (write the plain path)')
    }
    if (name === ROLE.diff || isRemoval(name, content)) return this.#keepLines(index + 1, linesOf(content).length)
    const isText = name === '' ? opener.trim().startsWith('<'.repeat(2 * MIN_WIDTH)) : this.#isText(name)
    if (isText) {
      this.note('role-block', index, name, 'this block is no new version of a file: it is taken as text')
      this.outside.keepText(index, content)
      return
    }
    this.blocks.push({ name, line: index + 1, ...this.#withoutMarker(name, content) })
    this.#endsInFile = true
  }

  #isText(name: string): boolean {
    return TEXT_NAMES.has(name) || (REASON.test(name) && !this.#context.isKnown(name))
  }

  /** The content without a marker line at its end. In a diff that is about a line of the diff. */
  #withoutMarker(name: string, content: string): Pick<ReplyBlock, 'content' | 'lacksFinalNewline'> {
    const lastLine = content.lastIndexOf('\n', content.length - 2) + 1
    const isMarker = content.slice(lastLine).trimEnd() === NO_NEWLINE_MARKER
    if (!isMarker || /^@@/m.test(content) || this.#context.holdsLine(name, NO_NEWLINE_MARKER))
      return { content, lacksFinalNewline: false }
    return { content: content.slice(0, lastLine), lacksFinalNewline: true }
  }

  /** A diff in a block of its name is read like one that is outside blocks. */
  #keepLines(from: number, count: number): void {
    for (let index = from; index < from + count; index++) this.outside.keep(index, this.#lines.at(index))
  }

  /** The marker line behind the last block. */
  markNoNewline(): void {
    const block = this.#endsInFile ? this.blocks.pop() : undefined
    if (block) this.blocks.push({ ...block, lacksFinalNewline: true })
  }

  /** A closing reasoning tag without its opening one: all before it was reasoning. @param open the block that is open there */
  dropDrafts(index: number, open: string | undefined): void {
    for (const { name, line } of this.blocks) this.#drafts.set(name, line)
    if (open !== undefined) this.#drafts.set(open, index + 1)
    for (const list of [this.blocks, this.openers, this.rejected]) list.length = 0
    this.outside.clear()
    this.note('reasoning', index, undefined, 'all before the end of the reasoning is left out')
  }

  /**
   * Refuses the drafts of which the answer has no version: where the beginning of the reasoning is not shown, a word
   * about its end, behind good versions, looks the same.
   */
  rejectLostDrafts(): void {
    const sent = new Set(this.blocks.map(({ name }) => name))
    for (const [path, line] of this.#drafts) {
      if (sent.has(path)) continue
      const message =
        'this version stands before the end of the reasoning, and none behind it (send it with the answer)'
      this.rejected.push({ code: 'reasoning', path, line, message })
    }
  }

  note(code: DeviationCode, index: number, path: string | undefined, message: string): void {
    this.noted.push({ code, path, line: index + 1, message })
  }

  reject(code: DeviationCode, index: number, path: string | undefined, message: string): void {
    this.rejected.push({ code, path, line: index + 1, message })
  }

  rejectNested(block: ReplyBlock): void {
    const message = `a block seems to stand inside this block (${WIDEN})`
    this.rejected.push({ code: 'nested-block', path: block.name, line: block.line, message })
  }

  rejectNestedAt(name: string, index: number, nestedAt: number): void {
    const where = `another block opens inside it, on line ${nestedAt + 1} of the reply`
    this.reject('nested-block', index, name, `${where} (close this one first, or ${WIDEN})`)
  }
}

/** A line of paths: `src/a.ts`, "- `src/a.ts`", `src/a.ts, src/b.ts`. */
function pathsInLine(line: string): string[] {
  const plain = line.trim().replace(/^(?:[-*+•]|\d+[.)])\s+/, '')
  return plain.split(/,\s+/).map((path) => path.replace(/^([`"'])(.*)\1$/, '$2').replace(/^\.\//, ''))
}

/** The paths that a block asks to see; undefined for another block. */
function requestIn(name: string, content: string): string[] | undefined {
  const lines = linesOf(content).filter((line) => line.trim() !== '')
  if (name === ROLE.show) return lines.flatMap(pathsInLine)
  const [, path] = SHOW_IN_NAME.exec(name) ?? []
  return path !== undefined && lines.length === 0 ? [path] : undefined
}

const WIDEN = 'open this file with more "<" on each side, and close it with twice as many ">"'
