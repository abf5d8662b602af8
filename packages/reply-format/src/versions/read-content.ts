import { applyEdits, isFound } from './apply-edits.ts'
import type { Remark } from './draft.ts'
import { areBlank, type Edited } from './edit.ts'
import { isProse, suffixOf } from '../file-kind.ts'
import { type Hunks, parseHunks } from './parse-hunks.ts'
import { divisionsOf, endsSection, parseSections, readSection, type Section, startsSection } from './parse-sections.ts'
import { firstWritten } from '../text-lines.ts'

/** Content of a block, for a file of which `base` are the lines; undefined if there is no such file. */
export interface Content {
  readonly path: string
  readonly lines: readonly string[]
  readonly base: readonly string[] | undefined
  /** Whether it cannot be a whole new version, since it was outside a block. */
  readonly isEdit: boolean
}

/** Applies the edits of a content that is made of sections or hunks; undefined if it is a whole new version. */
export function readEdits(content: Content): Edited | undefined {
  const { lines, base, isEdit } = content
  if (base && lines.length === base.length && lines.every((line, index) => line === base[index])) return undefined
  const edited = lines.some(startsSection) ? readSections(content) : readHunks(content)
  return edited ?? (isEdit ? { refused: UNREADABLE, noted: [] } : undefined)
}

const UNREADABLE: Remark = { code: 'diff-inside', message: 'this edit cannot be read (send the whole file)' }

function readSections(content: Content): Edited | undefined {
  const { lines, base } = content
  const parsed = parseSections(lines)
  if ('refused' in parsed)
    return !content.isEdit && showsSections(content) ? undefined : { refused: parsed.refused, noted: [] }
  if (!base) return makeFile(parsed.sections)
  if (!content.isEdit && areOnlySections(base) && startsSection(firstWritten(lines))) {
    return { refused: TWO_READINGS, noted: [] }
  }
  return applyEdits(parsed.sections.map(readSection), base)
}

/** Whether the file itself is nothing but such sections, so that sections may be its new version too. */
function areOnlySections(base: readonly string[]): boolean {
  return base.some(startsSection) && 'sections' in parseSections(base)
}

/**
 * Whether a content with text around its sections is a file that shows them: none of them changes the file's own lines,
 * and the text is the file's.
 */
function showsSections({ path, lines, base }: Content): boolean {
  if (!base) return true
  if (!isProse(path) && !base.some(startsSection)) return false
  const own = new Set(lines.map((line) => line.trim()))
  const old = base.filter((line) => line.trim() !== '')
  return old.filter((line) => own.has(line.trim())).length * 2 >= old.length && !changesOwnLines(lines, base)
}

/** Whether a section, wherever it is, would change a line of the file that is not part of a section which it shows. */
function changesOwnLines(lines: readonly string[], base: readonly string[]): boolean {
  const shown = new Set(sectionsIn(base).map(({ lines: body }) => body.join('\n')))
  const own = withoutSections(base)
  const isShown = (section: Section) => shown.has(section.lines.join('\n'))
  return sectionsIn(lines).some(
    (section) => !isShown(section) && divisionsOf(section).some((edit) => isFound(own, edit)),
  )
}

function sectionsIn(lines: readonly string[]): Section[] {
  return rangesOf(lines).flatMap(({ from, to }) => {
    const parsed = parseSections(lines.slice(from, to))
    return 'sections' in parsed ? [...parsed.sections] : []
  })
}

/** Where sections are, wherever they are: from a line that begins one up to the next that ends one. */
function rangesOf(lines: readonly string[]): { from: number; to: number }[] {
  const ranges: { from: number; to: number }[] = []
  let from: number | undefined
  for (const [at, line] of lines.entries()) {
    if (startsSection(line)) from = at
    else if (from !== undefined && endsSection(line)) {
      ranges.push({ from, to: at + 1 })
      from = undefined
    }
  }
  return ranges
}

function withoutSections(base: readonly string[]): string[] {
  const shown = new Set(rangesOf(base).flatMap(({ from, to }) => Array.from({ length: to - from }, (_, n) => from + n)))
  return base.filter((_, at) => !shown.has(at))
}

const TWO_READINGS: Remark = {
  code: 'edit-ambiguous',
  message:
    'the file consists of such sections, so these could be edits or the new version (send the whole file in a block with a line of its own text first, or edit it in another way)',
}

/** A new file by sections: one with an empty SEARCH. */
function makeFile(sections: readonly Section[]): Edited {
  const [first] = sections.map(divisionsOf).map(([division]) => division)
  if (sections.length === 1 && first && areBlank(first.search)) return { lines: first.replace, noted: [] }
  const message = 'there is no such file to edit (send a new file whole, or under one empty SEARCH)'
  return { refused: { code: 'edit-not-found', message }, noted: [] }
}

const PATCHES = new Set(['diff', 'patch', 'rej'])

function readHunks({ path, lines, base, isEdit }: Content): Edited | undefined {
  const hunks =
    (!isEdit && PATCHES.has(suffixOf(path))) || !lines.some((line) => /^[+-]|^@@/.test(line))
      ? undefined
      : parseHunks(lines)
  if (!hunks) return undefined
  const edited = base
    ? applyEdits(
        hunks.edits.map((edit) => () => edit),
        base,
      )
    : newFile(hunks)
  if (!('refused' in edited)) {
    const remark: Remark = { code: 'hunks', message: 'diff hunks are applied as edits' }
    return { lines: edited.lines, noted: [remark, ...edited.noted], endsWithNewline: hunks.endsWithNewline }
  }
  return isEdit || isSurelyHunks(hunks, lines, path) ? edited : undefined
}

/** The lines that a diff adds to nothing. */
function newFile({ edits, isMarked }: Hunks): Edited {
  const [only] = edits
  if (isMarked && only && edits.length === 1 && only.search.length === 0) return { lines: only.replace, noted: [] }
  const message = 'there is no such file to change (send a new file whole)'
  return { refused: { code: 'edit-not-found', message }, noted: [] }
}

/** Signs in the first column alone are a list in prose and in data, and hunks in code. */
function isSurelyHunks({ isMarked }: Hunks, lines: readonly string[], path: string): boolean {
  if (isProse(path)) return isMarked && lines.some((line) => /^@@|^\*\*\* /.test(line))
  if (isMarked) return true
  return !LISTS.has(suffixOf(path)) && lines.some((line) => /^(?:\+(?!\+)|-(?!-))/.test(line))
}

/** Kinds of files whose lines begin with signs. */
const LISTS = new Set(['yaml', 'yml', 'csv', 'tsv', 'json', 'toml', 'ini', 'cfg', 'log', 'txt'])
