import type { DeviationCode } from '../deviations.ts'
import { lineAt } from '../text-lines.ts'
import { startsSection } from '../versions/parse-sections.ts'
import { isCodeLine } from './code-line.ts'
import { isName } from './path-label.ts'

/** So much of a JSON text is looked at. */
const LONGEST_JSON = 10_000
const CLOSING_TAG = /^\s*<\/([\w./-]+)>/
const OLD_LINES = /^\W*(?:old|before|original|search|find)(?: (?:code|lines?|version))?\W*$/i
const NEW_LINES = /^\W*(?:new|after|updated|fixed|replace(?: with)?)(?: (?:code|lines?|version))?\W*$/i
const CONFLICT_END = /^>{5,9}(?: \S.*)?$/

/** Lines of which nothing was read. */
export class UnreadText {
  readonly lines: readonly string[]
  readonly isName: (word: string) => boolean
  /** Where each tag is closed for the last time. */
  readonly #closings = new Map<string, number>()
  readonly #conflictEnd: number
  readonly #newLines: number

  constructor(lines: readonly string[], isKnown: (name: string) => boolean) {
    this.lines = lines
    this.isName = (word) => isName(word, isKnown)
    for (const [at, line] of lines.entries()) {
      const [, tag] = CLOSING_TAG.exec(line) ?? []
      if (tag !== undefined) this.#closings.set(tag, at)
    }
    this.#newLines = lines.findLastIndex((line) => NEW_LINES.test(line))
    this.#conflictEnd = lines.findLastIndex((line) => CONFLICT_END.test(line))
  }

  isClosedBelow(tag: string, at: number): boolean {
    return Number(this.#closings.get(tag)) > at
  }

  isConflict(at: number): boolean {
    return this.#conflictEnd > at && /^<{5,9}(?: \S.*)?$/.test(lineAt(this.lines, at))
  }

  /** Whether a line says that the old lines follow, and one below it the new ones. */
  isOldAndNew(at: number): boolean {
    return this.#newLines > at && OLD_LINES.test(lineAt(this.lines, at))
  }

  /** What may be JSON from this line on; empty if nothing is. */
  jsonAt(at: number): string {
    const line = lineAt(this.lines, at)
    const start = line.search(/[[{]\s*(?:["[{]|$)/)
    if (start < 0) return ''
    let text = line.slice(start)
    for (let next = at + 1; next < at + 200 && next < this.lines.length && text.length < LONGEST_JSON; next++)
      text += `\n${lineAt(this.lines, next)}`
    return text
  }
}

/** A form of change that nothing reads. */
interface UnreadForm {
  readonly code: DeviationCode
  readonly what: string
  readonly test: (text: UnreadText, at: number) => boolean
}

export const FORMS: readonly UnreadForm[] = [
  { code: 'edit-outside', what: 'an edit in a quotation', test: isQuotedEdit },
  { code: 'fence-unclear', what: 'a fence in a quotation', test: isQuotedFence },
  { code: 'conflict-markers', what: 'a conflict', test: (text, at) => text.isConflict(at) },
  { code: 'edit-outside', what: 'a change between words', test: (text, at) => text.isOldAndNew(at) },
  { code: 'xml-reply', what: 'a change in tags', test: hasTags },
  { code: 'fence-unclear', what: 'a file between other marks', test: hasFileMark },
  { code: 'json-reply', what: 'a file in YAML', test: hasYaml },
  { code: 'tool-call', what: 'a call of a function', test: isCall },
]

function isQuotedEdit({ lines }: UnreadText, at: number): boolean {
  const inside = quotedAt(lines, at)
  return (
    inside !== undefined && (startsSection(inside) || /^(?:\*\*\* (?:Begin Patch|Update File)|@@ -\d)/.test(inside))
  )
}

/** A fence in a quotation that names a file, or has one of the two lines above it do so. */
function isQuotedFence({ lines, isName: isPath }: UnreadText, at: number): boolean {
  const [, info] = /^(?:`{3,}|~{3,})(.*)$/.exec(quotedAt(lines, at) ?? '') ?? []
  return info !== undefined && wordsOf([...lines.slice(Math.max(0, at - 2), at), info].join(' ')).some(isPath)
}

/** What a line of a quotation says; undefined for any other line. */
function quotedAt(lines: readonly string[], at: number): string | undefined {
  return /^(?:\s*>)+ ?(.*)$/.exec(lineAt(lines, at))?.[1]
}

function wordsOf(line: string): string[] {
  return line.split(/[\s:"'`[\]()=*<>]+/)
}

const TAG = /^\s*<([\w./-]+)(?:\s[^<>]*)?>\s*$/
const PART =
  /^(?:\w+_)?(?:old|new|search|find|replace|replacement|original|updated|before|after|code|content|contents|file|edit|change|patch|diff|source)(?:_\w+)?$/i
const PATH_ATTRIBUTE = /\s(?:path|file\w*|title|target)\s*=\s*["'][^"']*[./]/i

/** An opening tag on a line of its own, which names a file or a part of a change, and its closing tag. */
function hasTags(text: UnreadText, at: number): boolean {
  const [line = '', name = ''] = TAG.exec(lineAt(text.lines, at)) ?? []
  const isChange = PART.test(name) || text.isName(name) || PATH_ATTRIBUTE.test(line)
  return isChange && text.isClosedBelow(name, at)
}

/** `=== FILE: a.py ===`, `[FILE: a.py]`, `BEGIN FILE a.py`, and code below it. */
function hasFileMark({ lines, isName: isPath }: UnreadText, at: number): boolean {
  const line = lineAt(lines, at)
  if (!/^\W*(?:(?:begin|start)\W+(?:of\W+)?)?file(?:name|path)?\b/i.test(line)) return false
  return wordsOf(line).some(isPath) && lines.slice(at + 1, at + 6).some(isCodeLine)
}

const YAML_FILE = /^\s*(?:- )?(?:file|path|file_?name|file_?path|target)\s*:\s*["']?([^\s"']+)["']?\s*$/i
const YAML_CONTENT = /^\s*\w*(?:content|contents|code|patch|diff|text|version)\s*:\s*[|>][-+]?\s*$/i

function hasYaml({ lines, isName: isPath }: UnreadText, at: number): boolean {
  const [, name = ''] = YAML_FILE.exec(lineAt(lines, at)) ?? []
  return isPath(name) && lines.slice(at + 1, at + 6).some((line) => YAML_CONTENT.test(line))
}

/** `write_file(path="a.py", …)`. */
function isCall({ lines, isName: isPath }: UnreadText, at: number): boolean {
  const line = lineAt(lines, at)
  if (/\bto=(?:functions|tools?)\.|^\s*functools\[|^\s*Action Input:/.test(line)) return true
  const [, name = ''] = /^\s*(?:print\()?\[?[\w.]+\(\s*(?:\w+\s*=\s*)?["'`]([^"'`]+)["'`]\s*,/.exec(line) ?? []
  return isPath(name)
}
