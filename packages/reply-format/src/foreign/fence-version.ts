import type { Fence } from './fences.ts'
import type { PlacedLabel } from './labels.ts'
import { textAt } from './outside-line.ts'
import { isName, readPathLabel } from './path-label.ts'

/** What names the file of a fence. */
export interface FenceHead {
  /** Undefined if nothing does. */
  readonly name: string | undefined
  readonly language: string
  readonly by: 'info' | 'label' | 'sentence' | 'comment' | undefined
  /** The line of the label, which is no part of the explanation. */
  readonly labelIndex: number | undefined
  /** Whether the first line is only a comment with the path. */
  readonly hasComment: boolean
  /** A second name that differs from the first. */
  readonly otherName: string | undefined
  readonly isUnchanged: boolean
}

/** A fence that may be a whole new version. */
export interface FenceVersion extends FenceHead {
  readonly fence: Fence
  /** The last line of text before it. */
  readonly before: string
}

const COMMENT = /^\s*(?:\/\/+|#+|\/\*+|<!--|--|;+|%+|"""|\{\/\*)\s*(.*?)\s*(?:\*+\/\}?|-->|""")?\s*$/

/** Reads what names the file of a fence: its info string, a label above it, a comment on its first line. */
export function readFenceHead(
  { info, lines }: Fence,
  label: PlacedLabel | undefined,
  isKnown: (name: string) => boolean,
): FenceHead {
  const { language, name: infoName, by: infoBy } = readInfo(info, isKnown)
  const [, comment = ''] = COMMENT.exec(textAt(lines, 0)) ?? []
  const commentName = readPathLabel(comment, isKnown)?.name
  const labelBy = label?.kind === 'sentence' ? 'sentence' : 'label'
  const names = [
    { by: infoBy, name: infoName },
    { by: labelBy, name: label?.name },
    { by: 'comment', name: commentName },
  ] as const
  const given = names.flatMap(({ by, name }) => (name === undefined ? [] : [{ by, name }]))
  const [first] = given
  return {
    name: first?.name,
    language,
    by: first?.by,
    labelIndex: label?.index,
    hasComment: commentName !== undefined,
    otherName: given.find(({ name }) => first && !isSame(first.name, name))?.name,
    isUnchanged: label?.isUnchanged === true,
  }
}

const LINES_OF_FILE = /^\d+:\d+:(?=\S)/

/** Whether two names can be those of one file: one may lack folders. */
function isSame(left: string, right: string): boolean {
  const [long, short] = left.length >= right.length ? [left, right] : [right, left]
  return long === short || long.endsWith(`/${short}`)
}

/** `python`, `python:src/a.py`, `py src/a.py`, `src/a.py`, `py title="src/a.py"`, `{.py file=a.py}`, `ts // src/a.ts`. */
function readInfo(
  info: string,
  isKnown: (name: string) => boolean,
): { language: string; name: string | undefined; by: 'info' | 'sentence' } {
  // `12:15:src/a.py` are lines of a file.
  const whole = info.replace(LINES_OF_FILE, '')
  const words = whole.split(/[\s{},;<>|]+|(?<=^[\w+#-]+)[:=](?=.*[./])/).map((word) =>
    word
      .replace(/^(?:title|file|file_?name|file_?path|path|src|name)[=:]/i, '')
      .replace(/^\[(.+)\]$/, '$1')
      .replace(/^["'`(]+|["'`)]+$/g, ''),
  )
  const name =
    words.find((word) => /[./]/.test(word) && isName(word, isKnown)) ??
    words.slice(1).find((word) => word !== '' && isKnown(word))
  const first = words.slice(0, 1).join('')
  return { language: first === name ? '' : first.replace(/^\./, ''), name, by: whole === info ? 'info' : 'sentence' }
}
