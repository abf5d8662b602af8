import type { DeviationCode } from '../deviations.ts'
import type { Finding, ReplyBlock } from '../reply.ts'
import { endsSection, startsSection } from '../versions/parse-sections.ts'
import { parseHunks } from '../versions/parse-hunks.ts'
import { joinLines } from '../text-lines.ts'
import type { Fence } from './fences.ts'
import { type FenceVersion, readFenceHead } from './fence-version.ts'
import { Labels } from './labels.ts'
import type { OutsideLine } from './outside-line.ts'
import { type FilePatch, readPatch } from './patches.ts'
import type { Around } from './read-foreign.ts'
import { readJson, readShellWrite, readTag, type RefusedForm } from './refused-forms.ts'

const HOW = 'write <<<< path/of/file <<<<, the lines of the whole file, >>>>>>>>'

/** Goes through what is outside blocks, once. */
export class ForeignWalk {
  readonly blocks: ReplyBlock[] = []
  readonly noted: Finding[] = []
  readonly rejected: Finding[] = []
  readonly taken: number[] = []
  /** Fences that may be whole versions. */
  readonly versions: FenceVersion[] = []
  readonly #around: Around
  readonly #labels: Labels
  readonly #isKnown: (name: string) => boolean
  /** Lines outside fences that are not yet taken. */
  #pending: OutsideLine[] = []
  #lastEdited = ''

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
    if (this.#takeEdits(fence, head.name ?? '', texts)) return
    const form = this.#refusedIn(fence, texts, head)
    if (form) return this.#refuse(form, fence.open.index)
    const isUsed = head.labelIndex !== undefined
    this.versions.push({ ...head, fence, before: this.#labels.lastSentence })
    if (isUsed && !this.#isQuote(head.name, texts)) this.#labels.use()
  }

  end(): void {
    this.#takePending()
  }

  #takePending(): void {
    const lines = this.#pending
    this.#pending = []
    this.#takeTexts(lines, undefined)
  }

  /** Takes the edits of a fence, if its lines are any. */
  #takeEdits(fence: Fence, name: string, texts: readonly string[]): boolean {
    const hasSections = texts.some(startsSection)
    const hasPatch = fence.lines.some((_, at) => readsPatch(fence.lines, at))
    const isDiff = /^(?:diff|patch|udiff)\b/i.test(fence.info)
    const hunks = isDiff || texts.some((text) => text.startsWith('@@')) ? parseHunks(texts) : undefined
    if (!hasSections && !hasPatch && !hunks) {
      if (isDiff && this.#around.blocks.length === 0)
        this.#reject('diff-inside', fence.open.index, name, 'this diff cannot be read')
      return isDiff
    }
    if (!hasSections && !hasPatch) {
      const isExample = name === '' && this.#around.blocks.length > 0
      if (!isExample)
        this.#addEdit('hunks', name === '' ? this.#lastEdited : name, fence.open.index, [
          '@@',
          ...texts.filter((text, at) => at > 0 || text !== '@@'),
        ])
      else return true
    } else this.#takeTexts(fence.lines, name === '' ? undefined : name)
    this.taken.push(fence.open.index, ...(fence.close ? [fence.close.index] : []))
    return true
  }

  #refusedIn(fence: Fence, texts: readonly string[], { name }: { name?: string | undefined }): RefusedForm | undefined {
    if (name !== undefined) return undefined
    for (const text of texts) {
      const form = readTag(text) ?? readShellWrite(text, this.#isKnown)
      if (form) return form
    }
    return /^(?:json\w*)?$/i.test(fence.info) ? readJson(texts.join('\n')) : undefined
  }

  /** Lines without fences: sections, patches, labels, and forms that are refused. */
  #takeTexts(lines: readonly OutsideLine[], name: string | undefined): void {
    for (let at = 0; at < lines.length; at++) {
      const [line] = lines.slice(at, at + 1)
      if (!line) continue
      const patch = readPatch(lines, at)
      if (startsSection(line.text)) at = this.#takeSection(lines, at, name)
      else if (patch) {
        this.#take(lines.slice(at, patch.to))
        for (const file of patch.files) this.#takePatch(file)
        if (patch.isCut)
          this.#reject(
            'unclosed',
            line.index,
            patch.files.at(-1)?.name,
            'the patch has no *** End Patch (send it again, whole)',
          )
        at = patch.to - 1
      } else {
        const form = readTag(line.text) ?? readShellWrite(line.text, this.#isKnown)
        if (form) this.#refuse(form, line.index)
        this.#labels.read(line)
      }
    }
  }

  /** @returns the place of its last line */
  #takeSection(lines: readonly OutsideLine[], from: number, given: string | undefined): number {
    const label = this.#labels.near
    const name = label?.name ?? given ?? this.#lastEdited
    const rest = lines.slice(from + 1)
    const length = rest.findIndex(({ text }) => endsSection(text) || startsSection(text))
    const end = from + 1 + length
    const index = Number(lines[from]?.index)
    if (length < 0 || !endsSection(rest[length]?.text ?? '')) {
      this.#reject(
        'edit-broken',
        index,
        name,
        'this section has no >>>>>>> REPLACE: was the reply cut off? (send it again, whole)',
      )
      return length < 0 ? lines.length : end - 1
    }
    this.#take(lines.slice(from, end + 1))
    if (label) this.taken.push(label.index)
    this.#addEdit(
      'edit-outside',
      name,
      index,
      lines.slice(from, end + 1).map(({ text }) => text),
    )
    this.#labels.use()
    return end
  }

  #takePatch({ name, index, action, lines }: FilePatch): void {
    if (action === 'move') {
      return this.#reject(
        'rename',
        index,
        name,
        'files cannot be renamed (send the new file, and the old one without what moved)',
      )
    }
    if (action === 'delete') {
      this.blocks.push({ name: 'deleted', line: index + 1, content: `${name}\n`, lacksFinalNewline: false })
    } else this.#addEdit('hunks', name, index, lines)
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

  #isQuote(name: string | undefined, texts: readonly string[]): boolean {
    const old = name === undefined ? undefined : this.#around.context.textOf?.(name)
    return old !== undefined && `\n${old}`.includes(`\n${joinLines(texts)}`) && old.trim() !== texts.join('\n').trim()
  }

  #refuse({ code, form, path }: RefusedForm, index: number): void {
    if (this.rejected.some((finding) => finding.code === code && finding.path === path)) return
    this.#reject(code, index, path, `${form} is not applied (${HOW})`)
  }

  #reject(code: DeviationCode, index: number, path: string | undefined, message: string): void {
    this.rejected.push({ code, path: path === '' ? undefined : path, line: index + 1, message })
  }

  #take(lines: readonly OutsideLine[]): void {
    this.taken.push(...lines.map(({ index }) => index))
  }
}

function readsPatch(lines: readonly OutsideLine[], at: number): boolean {
  return readPatch(lines, at) !== undefined
}
