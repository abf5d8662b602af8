import type { DeviationCode } from '../deviations.ts'
import type { Finding } from '../reply.ts'
import { endsSection, pathOfSection, startsSection } from '../versions/parse-sections.ts'
import { isContextDiff, isNormalDiff } from '../versions/diff-inside.ts'
import { quoteLine } from '../versions/draft.ts'
import { parseHunks } from '../versions/parse-hunks.ts'
import { joinLines, lineAt } from '../text-lines.ts'
import { isCodeLine } from './code-line.ts'
import type { Fence } from './fences.ts'
import { type FenceHead, type FenceVersion, readFenceHead } from './fence-version.ts'
import { ForeignEdits } from './foreign-edits.ts'
import { Labels } from './labels.ts'
import { indexAt, type OutsideLine, textAt } from './outside-line.ts'
import { type Patch, readPatch } from './patches.ts'
import type { Around } from './read-foreign.ts'
import { readJson, readRefusedLine, type RefusedForm } from './refused-forms.ts'

const HOW = 'write <<<< path/of/file <<<<, the lines of the whole file, >>>>>>>>'

/** `--- original` names no file. */
const NO_FILE = /^(?:original|modified|old|new|before|after|updated|current|fixed)$/i

const JSON_START = /^\s*(?:\{|\[\s*\{)\s*(?:"|$)/
/** A path comes before what the file holds, or soon after it. */
const MOST_JSON_LINES = 40

/** Goes through what is outside blocks, once. */
export class ForeignWalk {
  readonly rejected: Finding[] = []
  readonly edits: ForeignEdits
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
  readonly #refused = new Set<string>()

  constructor(around: Around) {
    this.#around = around
    this.#isKnown = (name) => around.context.isKnown(name)
    this.#labels = new Labels(this.#isKnown)
    this.edits = new ForeignEdits(around.blocks, this.rejected)
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
      this.#rejectBeside(fence, head)
      return true
    }
    const isDiff = /^(?:diff|patch|udiff)\b/i.test(fence.info)
    return (isDiff || texts.some((text) => text.startsWith('@@'))) && this.#takeHunks(fence, head, texts, isDiff)
  }

  /** Refuses code beside the edits in a fence: nothing says what it is. */
  #rejectBeside({ lines, open }: Fence, { name }: FenceHead): void {
    const other = lines.find(({ index, text }) => !this.taken.has(index) && isCodeLine(text))
    if (!other || this.rejected.some(({ line }) => Number(line) > open.index)) return
    this.#reject(
      'edit-broken',
      other.index,
      name,
      `${quoteLine(other.text)} is outside the edits (send the whole file)`,
    )
  }

  #takeHunks(fence: Fence, { name = '', labelIndex }: FenceHead, texts: readonly string[], isDiff: boolean): boolean {
    const isReadable = parseHunks(texts) !== undefined
    const isExample = name === '' && this.#around.blocks.length > 0
    if (isExample) return true
    if (!isReadable) {
      if (isDiff) this.#reject('diff-inside', fence.open.index, name, 'this diff cannot be read (send the whole file)')
      return isDiff
    }
    const given = name === '' ? this.edits.lastEdited : name
    this.edits.add('hunks', given, fence.open.index, ['@@', ...texts])
    this.#take(fence.lines, given === '')
    if (labelIndex !== undefined) this.taken.add(labelIndex)
    this.#takeMarks(fence)
    return true
  }

  /** The form of a fence without a name that is not applied. */
  #refusedIn(fence: Fence, texts: readonly string[], { name }: FenceHead): RefusedForm | undefined {
    if (name !== undefined) return undefined
    const lines = texts.map((text) => readRefusedLine(text, this.#isKnown)).find((form) => form !== undefined)
    return lines ?? (/^(?:json\w*)?$/i.test(fence.info) ? readJson(texts.join('\n')) : undefined)
  }

  /**
   * Lines without fences: sections, patches, labels, and forms that are refused.
   *
   * @param name of the file that they are about; empty if only labels in between say so
   */
  #takeTexts(lines: readonly OutsideLine[], name: string): void {
    let next = 0
    const texts = lines.map(({ text }) => text)
    for (const [at, line] of lines.entries()) {
      if (at < next) continue
      if (isContextDiff(texts, at) || isNormalDiff(texts, at)) {
        this.#reject('diff-inside', line.index, name, 'this form of diff is not applied (send the whole file)')
      }
      const patch = readPatch(lines, at)
      if (startsSection(line.text)) next = this.#takeSection(lines, at, name)
      else if (patch) next = this.#takePatches(lines, at, patch, name)
      else this.#readText(line, texts, at)
    }
  }

  #readText(line: OutsideLine, texts: readonly string[], at: number): void {
    const form = readRefusedLine(line.text, this.#isKnown) ?? this.#jsonAt(texts, at)
    if (form) this.#refuse(form, line.index)
    this.#labels.read(line)
  }

  /** JSON that names a known file, and what it is to hold. */
  #jsonAt(texts: readonly string[], at: number): RefusedForm | undefined {
    if (!JSON_START.test(lineAt(texts, at))) return undefined
    const form = readJson(texts.slice(at, at + MOST_JSON_LINES).join('\n'))
    return form?.path !== undefined && this.#isKnown(form.path) ? { ...form, path: undefined } : undefined
  }

  #takePatches(lines: readonly OutsideLine[], at: number, { files, to, isCut, unread }: Patch, given: string): number {
    this.#take(lines.slice(at, to))
    const label = given === '' ? this.#labels.current : undefined
    for (const file of files)
      this.edits.addPatch(NO_FILE.test(file.name) ? { ...file, name: label?.name ?? given } : file)
    if (unread !== undefined) {
      const message = `the patch has a line that cannot be read: ${quoteLine(unread)} (send the whole file)`
      this.#reject('diff-inside', indexAt(lines, at), files.at(-1)?.name, message)
    }
    if (isCut) {
      const message = 'the patch has no *** End Patch: was the reply cut off? (send it again, whole)'
      this.#reject('unclosed', indexAt(lines, at), files.at(-1)?.name, message)
    }
    return to
  }

  /** @returns the place after its last line */
  #takeSection(lines: readonly OutsideLine[], from: number, given: string): number {
    const label = this.#labels.current
    const own = pathOfSection(textAt(lines, from))
    const name = own ?? label?.name ?? (given === '' ? this.edits.lastEdited : given)
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
    this.edits.add('edit-outside', name, indexAt(lines, from), texts)
    this.#labels.use()
    return end + 1
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
