import { readName } from '@loop-runner/block-format'
import { lineAt, linesOf } from '../text-lines.ts'
import { indexAt, type OutsideLine, textAt } from './outside-line.ts'

/** What a patch does to one file. */
export interface FilePatch {
  readonly name: string
  /** Its new name, if the patch renames it. */
  readonly newName?: string | undefined
  /** Of its first line. */
  readonly index: number
  readonly action: 'change' | 'delete' | 'copy'
  /** Its hunks, as they are. */
  readonly lines: readonly string[]
}

/** The patches that begin at a line, and the place of the first line after them. */
export interface Patch {
  readonly files: readonly FilePatch[]
  readonly to: number
  readonly isCut: boolean
  /** A line of it that means nothing; undefined if not found. */
  readonly unread?: string | undefined
}

const BEGIN = /^\*\*\* ?Begin Patch\s*$/i
const END = /^\*\*\* ?End Patch\b/i
const FILE = /^\*\*\* ?(Update|Add|Delete) File: ?(.+?)\s*$/i
const MOVE = /^\*\*\* ?Move to: ?(.+?)\s*$/i
const END_OF_FILE = /^\*\*\* ?End of File\s*$/i
const OLD = /^--- (\S.*)$/
const NEW = /^\+\+\+ (\S.*)$/
/** What may be in the hunks of a unified diff. */
const HUNK_LINE = /^(?:[ +\t-]|@@|\\ No newline|$)/
/** What may be in an envelope that does not say where it begins. */
const ENVELOPE_LINE = /^(?:[ +\t-]|@@|\\ No newline|\*\*\* ?\w|$)/
const GIT_HEADER =
  /^(?:diff --git |index [0-9a-f]+\.\.|(?:old|new|deleted file|new file) mode |similarity index|dissimilarity|rename |copy |Binary files|GIT binary patch)/

/** Reads patches that begin at a line; undefined if none does. */
export function readPatch(lines: readonly OutsideLine[], at: number): Patch | undefined {
  const text = textAt(lines, at)
  if (BEGIN.test(text) || FILE.test(text)) return readEnvelope(lines, at)
  return text.startsWith('diff --git ') || headerLength(lines, at) > 0 ? readUnified(lines, at) : undefined
}

/** Whether the content of a block is a patch that deletes or renames the file of this name. */
export function isRemoval(name: string, content: string): boolean {
  if (!BEGIN.test(content.slice(0, content.indexOf('\n')))) return false
  const lines = linesOf(content).map((text, index) => ({ text, index }))
  const { files, to, isCut } = readEnvelope(lines, 0)
  const isWhole = !isCut && to === lines.length && files.every((file) => file.name === name)
  return isWhole && files.some(({ action, newName }) => action === 'delete' || newName !== undefined)
}

function readEnvelope(lines: readonly OutsideLine[], from: number): Patch {
  const begins = BEGIN.test(textAt(lines, from))
  const files: EnvelopeFile[] = []
  let unread: string | undefined
  let at = from
  while (at < lines.length && !END.test(textAt(lines, at))) {
    if (!begins && !ENVELOPE_LINE.test(textAt(lines, at))) break
    const line = readEnvelopeLine(lines, at++, files)
    unread ??= line
  }
  const isEnded = at < lines.length && END.test(textAt(lines, at))
  if (!isEnded) return { files, to: at, isCut: begins, unread }
  return { files, to: at + 1, isCut: false, unread: unread ?? (files.length === 0 ? textAt(lines, at) : undefined) }
}

type EnvelopeFile = FilePatch & { readonly lines: string[] }

/** @returns the line, if it means nothing */
function readEnvelopeLine(lines: readonly OutsideLine[], at: number, files: EnvelopeFile[]): string | undefined {
  const text = textAt(lines, at)
  const file = readFileLine(lines, at)
  const [, newName] = MOVE.exec(text) ?? []
  if (file) files.push(file)
  else if (newName !== undefined) files.splice(-1, 1, ...files.slice(-1).map((moved) => ({ ...moved, newName })))
  else if (!text.startsWith('***')) files.at(-1)?.lines.push(text)
  else return BEGIN.test(text) || END_OF_FILE.test(text) ? undefined : text
  return undefined
}

/** The file that a line of an envelope names. */
function readFileLine(lines: readonly OutsideLine[], at: number): EnvelopeFile | undefined {
  const [, verb, name = ''] = FILE.exec(textAt(lines, at)) ?? []
  if (verb === undefined) return undefined
  const action = verb.toLowerCase() === 'delete' ? 'delete' : 'change'
  return { name, index: indexAt(lines, at), action, lines: ['@@'] }
}

/** How many lines name the two sides of a file: both, or only one of them, in front of a hunk. */
function headerLength(lines: readonly OutsideLine[], at: number): number {
  const isSide = (pattern: RegExp, place: number) => pattern.test(textAt(lines, place))
  if (isSide(OLD, at) && isSide(NEW, at + 1)) return 2
  return (isSide(OLD, at) || isSide(NEW, at)) && textAt(lines, at + 1).startsWith('@@') ? 1 : 0
}

/** Whether the next file begins here. A line that is removed may begin with `--- `, and one that is added with `+++ `. */
function isNextFile(lines: readonly OutsideLine[], at: number): boolean {
  if (headerLength(lines, at) !== 2) return false
  return textAt(lines, at + 2).startsWith('@@') || /^--- \S*[./]\w\S*(?:$|\t)/.test(textAt(lines, at))
}

function readUnified(lines: readonly OutsideLine[], from: number): Patch {
  const files: FilePatch[] = []
  let at = from
  while (at < lines.length) {
    const start = at
    const head: string[] = []
    while (GIT_HEADER.test(textAt(lines, at))) head.push(textAt(lines, at++))
    for (let count = headerLength(lines, at); count > 0; count--) head.push(textAt(lines, at++))
    if (head.length === 0) break
    const body: string[] = []
    while (at < lines.length && HUNK_LINE.test(textAt(lines, at)) && !isNextFile(lines, at))
      body.push(textAt(lines, at++))
    while (body.at(-1) === '') body.pop()
    files.push({ ...readHead(head), index: indexAt(lines, start), lines: ['@@', ...body] })
  }
  return { files, to: at, isCut: false }
}

function readHead(head: readonly string[]): Pick<FilePatch, 'name' | 'newName' | 'action'> {
  const { old, next } = readSides(head)
  const isDeletion = next === '/dev/null' || head.some((line) => line.startsWith('deleted file mode'))
  if (isDeletion) return { name: withoutPrefix(old, 'a/'), action: 'delete' }
  const name = old === '/dev/null' || old.startsWith('a/') ? withoutPrefix(next, 'b/') : next
  const [renamed, newName] = ['rename from ', 'rename to '].map((words) => afterWords(head, words))
  if (renamed !== undefined && newName !== undefined) return { name: renamed, newName, action: 'change' }
  return { name, action: head.some((line) => /^(?:rename|copy) /.test(line)) ? 'copy' : 'change' }
}

/** The names of the two sides; if only one is given, it is both. */
function readSides(head: readonly string[]): { old: string; next: string } {
  const [, gitName] = /^diff --git (?:"?a\/.*?"?) "?b\/(.*?)"?$/.exec(lineAt(head, 0)) ?? []
  const [old = gitName, next = gitName ?? old] = [OLD, NEW].map((pattern) =>
    sideOf(head.map((line) => pattern.exec(line)?.[1]).find((side) => side !== undefined)),
  )
  return { old: String(old ?? next), next: String(next) }
}

/** The name after the words with which a line of a header begins. */
function afterWords(head: readonly string[], words: string): string | undefined {
  const name = head.find((line) => line.startsWith(words))?.slice(words.length)
  return sideOf(name)
}

function sideOf(side: string | undefined): string | undefined {
  const name = side?.replace(/(?:\t| {2,}).*$/, '').trim()
  return name === undefined ? undefined : (readName(name) ?? name)
}

function withoutPrefix(name: string, prefix: string): string {
  return name.startsWith(prefix) ? name.slice(prefix.length) : name
}
