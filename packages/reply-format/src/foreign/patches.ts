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
}

const FILE = /^\*\*\* (Update|Add|Delete) File: (.+?)\s*$/
const MOVE = /^\*\*\* Move to: (.+?)\s*$/
const OLD = /^--- (\S.*)$/
const NEW = /^\+\+\+ (\S.*)$/
/** What may be in the hunks of a unified diff. */
const HUNK_LINE = /^(?:[ +\t-]|@@|\\ No newline|$)/
const GIT_HEADER =
  /^(?:diff --git |index [0-9a-f]+\.\.|(?:old|new|deleted file|new file) mode |similarity index|dissimilarity|rename |copy |Binary files|GIT binary patch)/

/** Reads patches that begin at a line; undefined if none does. */
export function readPatch(lines: readonly OutsideLine[], at: number): Patch | undefined {
  const text = textAt(lines, at)
  if (/^\*\*\* Begin Patch\s*$/.test(text) || FILE.test(text)) return readEnvelope(lines, at)
  return text.startsWith('diff --git ') || isHeaderPair(lines, at) ? readUnified(lines, at) : undefined
}

/** Whether the content of a block is a patch that deletes or renames the file of this name. */
export function isRemoval(name: string, content: string): boolean {
  if (!content.startsWith('*** Begin Patch')) return false
  const lines = linesOf(content).map((text, index) => ({ text, index }))
  const { files, to, isCut } = readEnvelope(lines, 0)
  const isWhole = !isCut && to === lines.length && files.every((file) => file.name === name)
  return isWhole && files.some(({ action, newName }) => action === 'delete' || newName !== undefined)
}

function readEnvelope(lines: readonly OutsideLine[], from: number): Patch {
  const begins = textAt(lines, from).startsWith('*** Begin Patch')
  const files: (FilePatch & { lines: string[] })[] = []
  let at = from
  for (; at < lines.length; at++) {
    const text = textAt(lines, at)
    const file = readFileLine(lines, at)
    const [, newName] = MOVE.exec(text) ?? []
    if (text.startsWith('*** End Patch')) return { files, to: at + 1, isCut: false }
    if (file) files.push(file)
    else if (newName !== undefined) files.splice(-1, 1, ...files.slice(-1).map((moved) => ({ ...moved, newName })))
    else if (!begins && !HUNK_LINE.test(text)) break
    else if (!text.startsWith('*** ')) files.at(-1)?.lines.push(text)
  }
  return { files, to: at, isCut: begins }
}

/** The file that a line of an envelope names. */
function readFileLine(lines: readonly OutsideLine[], at: number): (FilePatch & { lines: string[] }) | undefined {
  const [, verb, name = ''] = FILE.exec(textAt(lines, at)) ?? []
  if (verb === undefined) return undefined
  return { name, index: indexAt(lines, at), action: verb === 'Delete' ? 'delete' : 'change', lines: ['@@'] }
}

function isHeaderPair(lines: readonly OutsideLine[], at: number): boolean {
  return OLD.test(textAt(lines, at)) && NEW.test(textAt(lines, at + 1))
}

function readUnified(lines: readonly OutsideLine[], from: number): Patch {
  const files: FilePatch[] = []
  let at = from
  while (at < lines.length) {
    const start = at
    const head: string[] = []
    while (GIT_HEADER.test(textAt(lines, at))) head.push(textAt(lines, at++))
    if (isHeaderPair(lines, at)) head.push(textAt(lines, at++), textAt(lines, at++))
    if (head.length === 0) break
    const body: string[] = []
    while (at < lines.length && HUNK_LINE.test(textAt(lines, at)) && !isHeaderPair(lines, at))
      body.push(textAt(lines, at++))
    while (body.at(-1) === '') body.pop()
    files.push({ ...readHead(head), index: indexAt(lines, start), lines: ['@@', ...body] })
  }
  return { files, to: at, isCut: false }
}

function readHead(head: readonly string[]): Pick<FilePatch, 'name' | 'newName' | 'action'> {
  const sides = [OLD, NEW].map((pattern) =>
    sideOf(head.map((line) => pattern.exec(line)?.[1]).find((side) => side !== undefined)),
  )
  const [, gitName = ''] = /^diff --git (?:"?a\/.*?"?) "?b\/(.*?)"?$/.exec(lineAt(head, 0)) ?? []
  const [old = gitName, next = gitName] = sides
  const isDeletion = next === '/dev/null' || head.some((line) => line.startsWith('deleted file mode'))
  if (isDeletion) return { name: withoutPrefix(old, 'a/'), action: 'delete' }
  const name = old === '/dev/null' || old.startsWith('a/') ? withoutPrefix(next, 'b/') : next
  const [renamed, newName] = ['rename from ', 'rename to '].map((words) => afterWords(head, words))
  if (renamed !== undefined && newName !== undefined) return { name: renamed, newName, action: 'change' }
  return { name, action: head.some((line) => /^(?:rename|copy) /.test(line)) ? 'copy' : 'change' }
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
