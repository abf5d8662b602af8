import type { DeviationCode } from '../deviations.ts'
import type { Finding, ReplyBlock } from '../reply.ts'
import { endsSection, startsSection } from '../versions/parse-sections.ts'
import { parseHunks } from '../versions/parse-hunks.ts'
import { joinLines } from '../text-lines.ts'
import type { Fence } from './fences.ts'
import { type FenceHead, type FenceVersion, readFenceHead } from './fence-version.ts'
import { Labels } from './labels.ts'
import { indexAt, type OutsideLine, textAt } from './outside-line.ts'
import { type FilePatch, type Patch, readPatch } from './patches.ts'
import type { Around } from './read-foreign.ts'
import { readJson, readShellWrite, readTag, type RefusedForm } from './refused-forms.ts'

const HOW = 'write <<<< path/of/file <<<<, the lines of the whole file, >>>>>>>>'

/** Goes through what is outside blocks, once. */
export class ForeignWalk {
  readonly blocks: ReplyBlock[] = []
  readonly noted: Finding[] = []
  readonly rejected: Finding[] = []
  readonly taken = new Set<number>()
  /** Those of the lines taken whose change names no file. */
  readonly unnamed = new Set<number>()
  /** Fences that may be whole versions. */
  readonly versions: FenceVersion[] = []
  readonly #around: Around
  readonly #labels: Labels
  readonly #isKnown: (name: string) => boolean
  /** Lines outside fences that are not yet taken. */
  #pending: OutsideLine[] = []
  #lastEdited = ''
  readonly #refused = new Set<string>()

  constructor(around: Around) {
    this.#around = around
    this.#isKnown = (name) => around.context.isKnown(name)
    this.#labels = new Labels(this.#isKnown)
  }

  takeLine(line: OutsideLine): void {
    this.#pending.push(line)
  }

  takeFence(fence: Fence): void {
    this.#takePending()
    const head = readFenceHead(fence, this.#labels.current, this.#isKnown)
    const texts = fence.lines.map(({ text }) => text)
    if (this.#takeEdits(fence, head, texts)) return
    const form = this.#refusedIn(fence, texts, head)
    if (form) return this.#refuse(form, fence.open.index)
    const isUsed = head.labelIndex !== undefined
    this.versions.push({ ...head, fence, before: this.#labels.lastSentence })
    if (isUsed && !this.#isQuote(String(head.name), texts)) this.#labels.use()
  }

  end(): void {
    this.#takePending()
  }

  #takePending(): void {
    const lines = this.#pending
    this.#pending = []
    this.#takeTexts(lines, '')
  }

  /** Takes the edits of a fence, if its lines are any. */
  #takeEdits(fence: Fence, head: FenceHead, texts: readonly string[]): boolean {
    if (texts.some(startsSection) || fence.lines.some((_, at) => readPatch(fence.lines, at) !== undefined)) {
      this.#takeTexts(fence.lines, head.name ?? '')
      this.#takeMarks(fence)
      return true
    }
    const isDiff = /^(?:diff|patch|udiff)\b/i.test(fence.info)
    return (isDiff || texts.some((text) => text.startsWith('@@'))) && this.#takeHunks(fence, head, texts, isDiff)
  }

  #takeHunks(fence: Fence, { name = '', labelIndex }: FenceHead, texts: readonly string[], isDiff: boolean): boolean {
    const isReadable = parseHunks(texts) !== undefined
    const isExample = name === '' && this.#around.blocks.length > 0
    if (isExample) return true
    if (!isReadable) {
      if (isDiff) this.#reject('diff-inside', fence.open.index, name, 'this diff cannot be read (send the whole file)')
      return isDiff
    }
    const given = name === '' ? this.#lastEdited : name
    this.#addEdit('hunks', given, fence.open.index, ['@@', ...texts])
    this.#take(fence.lines, given === '')
    if (labelIndex !== undefined) this.taken.add(labelIndex)
    this.#takeMarks(fence)
    return true
  }

  /** The form of a fence without a name that is not applied. */
  #refusedIn(fence: Fence, texts: readonly string[], { name }: FenceHead): RefusedForm | undefined {
    if (name !== undefined) return undefined
    for (const text of texts) {
      const form = readTag(text) ?? readShellWrite(text, this.#isKnown)
      if (form) return form
    }
    return /^(?:json\w*)?$/i.test(fence.info) ? readJson(texts.join('\n')) : undefined
  }

  /**
   * Lines without fences: sections, patches, labels, and forms that are refused.
   *
   * @param name of the file that they are about; empty if only labels in between say so
   */
  #takeTexts(lines: readonly OutsideLine[], name: string): void {
    let next = 0
    for (const [at, line] of lines.entries()) {
      if (at < next) continue
      const patch = readPatch(lines, at)
      if (startsSection(line.text)) next = this.#takeSection(lines, at, name)
      else if (patch) next = this.#takePatches(lines, at, patch)
      else this.#readText(line)
    }
  }

  #readText(line: OutsideLine): void {
    const form = readTag(line.text) ?? readShellWrite(line.text, this.#isKnown)
    if (form) this.#refuse(form, line.index)
    this.#labels.read(line)
  }

  #takePatches(lines: readonly OutsideLine[], at: number, { files, to, isCut }: Patch): number {
    this.#take(lines.slice(at, to))
    for (const file of files) this.#takePatch(file)
    if (isCut) {
      const message = 'the patch has no *** End Patch: was the reply cut off? (send it again, whole)'
      this.#reject('unclosed', indexAt(lines, at), files.at(-1)?.name, message)
    }
    return to
  }

  /** @returns the place after its last line */
  #takeSection(lines: readonly OutsideLine[], from: number, given: string): number {
    const label = this.#labels.current
    const name = label?.name ?? (given === '' ? this.#lastEdited : given)
    let end = from + 1
    while (end < lines.length && !isEdge(textAt(lines, end))) end++
    if (!endsSection(textAt(lines, end))) {
      const message = 'this section has no >>>>>>> REPLACE: was the reply cut off? (send it again, whole)'
      this.#reject('edit-broken', indexAt(lines, from), name, message)
      return end
    }
    const section = lines.slice(from, end + 1)
    this.#take(section, name === '')
    if (label) this.taken.add(label.index)
    const texts = section.map(({ text }) => text)
    this.#addEdit('edit-outside', name, indexAt(lines, from), texts)
    this.#labels.use()
    return end + 1
  }

  #takePatch({ name, newName, index, action, lines }: FilePatch): void {
    if (action === 'copy')
      return this.#reject(
        'rename',
        index,
        name,
        'a copy, or a rename without both names, is not applied (send the new file whole)',
      )
    if (newName !== undefined && newName !== name) return this.#addMove(name, newName, index, lines)
    if (action === 'delete') {
      this.blocks.push({ name: 'deleted', line: index + 1, content: `${name}\n`, lacksFinalNewline: false })
    } else this.#addEdit('hunks', name, index, lines)
  }

  #addMove(movesFrom: string, name: string, index: number, lines: readonly string[]): void {
    const block = this.#around.blocks.find((other) => other.name === name || other.name === movesFrom)
    if (block) return this.#reject('two-readings', index, block.name, 'a whole version and a rename of the same file')
    const isChanged = lines.some((line) => /^[+-]/.test(line))
    const content = isChanged ? joinLines(lines) : ''
    this.blocks.push({ name, line: index + 1, content, lacksFinalNewline: false, isForeign: 'hunks', movesFrom })
  }

  /** An edit of a file that a block of ours has given a version is an illustration, if that version has its new lines. */
  #addEdit(code: DeviationCode, name: string, index: number, lines: readonly string[]): void {
    const block = this.#around.blocks.find((other) => other.name === name)
    if (block) {
      const content = new Set(block.content.split('\n'))
      const isShown = lines.filter((line) => line.startsWith('+')).every((line) => content.has(line.slice(1)))
      if (code === 'hunks' && isShown) return
      return this.#reject(
        'two-readings',
        index,
        name,
        'a whole version and an edit of the same file (send one of them)',
      )
    }
    const previous = this.blocks.at(-1)
    this.#lastEdited = name
    if (code === 'edit-outside' && previous?.name === name && previous.isForeign === code) {
      this.blocks.splice(-1, 1, { ...previous, content: previous.content + joinLines(lines) })
      return
    }
    this.blocks.push({ name, line: index + 1, content: joinLines(lines), lacksFinalNewline: false, isForeign: code })
    const what =
      code === 'hunks'
        ? 'diff hunks outside a block are applied as edits'
        : 'SEARCH/REPLACE sections outside a block are applied'
    this.noted.push({ code, path: name, line: index + 1, message: what })
  }

  #isQuote(name: string, texts: readonly string[]): boolean {
    const old = this.#around.context.textOf?.(name)
    return old !== undefined && `\n${old}`.includes(`\n${joinLines(texts)}`) && old.trim() !== texts.join('\n').trim()
  }

  #refuse({ code, form, path }: RefusedForm, index: number): void {
    const key = `${code} ${path}`
    if (this.#refused.has(key)) return
    this.#refused.add(key)
    this.#reject(code, index, path, `${form} is not applied (${HOW})`)
  }

  #reject(code: DeviationCode, index: number, path: string | undefined, message: string): void {
    this.rejected.push({ code, path: path === '' ? undefined : path, line: index + 1, message })
  }

  #take(lines: readonly OutsideLine[], isUnnamed = false): void {
    for (const { index } of lines) {
      this.taken.add(index)
      if (isUnnamed) this.unnamed.add(index)
    }
  }

  /** Takes the first and the last line of a fence whose other lines are taken. */
  #takeMarks({ open, to, lines }: Fence): void {
    const isUnnamed = lines.some(({ index }) => this.unnamed.has(index))
    this.#take([open, { index: to, text: '' }], isUnnamed)
  }
}

function isEdge(text: string): boolean {
  return startsSection(text) || endsSection(text)
}
