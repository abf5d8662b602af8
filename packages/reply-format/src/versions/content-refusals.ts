import { fenceName, isOneEscapedLine } from './content-repairs.ts'
import { diffInside } from './diff-inside.ts'
import { unescapeHtml } from '../reading/normalise-reply.ts'
import { type Draft, oldHolds, quoteLine, type Remark } from './draft.ts'
import { isProse, suffixOf } from '../file-kind.ts'
import { findElision } from './elision.ts'
import { lineAt } from '../text-lines.ts'

/** Says why a version cannot be what was meant; undefined where it may be. */
export type Refusal = (draft: Draft) => Remark | undefined

/** For whole versions, in the order in which they apply, once they are repaired. */
export const WHOLE_REFUSALS: readonly Refusal[] = [
  empty,
  diffInside,
  chatInside,
  escapedNewlines,
  escapedForHtml,
  pathComment,
  lostTabs,
  base64,
]

/** For every new version, edited ones too. */
export const REFUSALS: readonly Refusal[] = [conflictMarkers, findElision, repetition]

/** A fence inside the block that names another file (D6). */
export function foreignFence({ path, lines }: Draft): Remark | undefined {
  const name = isProse(path) ? undefined : fenceName(lineAt(lines, 0))
  if (name === undefined || path === name || path.endsWith(`/${name}`)) return undefined
  return { code: 'fence-name', message: `two different names: ${path}, and ${quoteLine(name)} on the fence inside` }
}

function empty({ lines, oldLines }: Draft): Remark | undefined {
  if (lines.some((line) => line.trim() !== '') || !oldLines?.some((line) => line.trim() !== '')) return undefined
  const message = 'the block is empty, and the file is not (send the whole file; leave out files that stay as they are)'
  return { code: 'empty', message }
}

function chatInside(draft: Draft): Remark | undefined {
  const [first = ''] = draft.lines
  const isChat = /^(?:here(?:'s| is| are)|sure|certainly|below is|i(?:'ve| have) )\b.*[:.!]\s*$/i.test(first)
  if (!isChat || isProse(draft.path) || oldHolds(draft, first)) return undefined
  return { code: 'chat-inside', message: `a sentence instead of content: ${quoteLine(first)} (only the file's lines)` }
}

function escapedNewlines(draft: Draft): Remark | undefined {
  if (!isOneEscapedLine(draft)) return undefined
  return { code: 'escaped-newlines', message: 'all on one line, with \\n in it (write real line breaks)' }
}

const MARKUP = new Set(['html', 'htm', 'xhtml', 'xml', 'svg', 'vue', 'svelte', 'jsx', 'tsx', 'php', 'plist', 'xsl'])

/** Every `<` and `>` as an escape, where the present version, or the kind of the file, has the signs themselves (D10). */
function escapedForHtml(draft: Draft): Remark | undefined {
  const { path, lines } = draft
  const text = lines.join('\n')
  if (!/&[lg]t;/.test(text) || /[<>]/.test(text)) return undefined
  const isMarkup = MARKUP.has(suffixOf(path)) && /^\s*&lt;[\w!?/]/.test(text)
  const old = draft.oldLines?.join('\n') ?? ''
  const isSure = isMarkup || (/[<>]/.test(old) && !/&[lg]t;/.test(old))
  const escaped = lines.find(
    (line) => /&[lg]t;/.test(line) && !oldHolds(draft, line) && (isSure || oldHolds(draft, unescapeHtml(line))),
  )
  if (escaped === undefined) return undefined
  return {
    code: 'html-escaped',
    message: `${quoteLine(escaped)} is escaped for HTML (write the characters themselves)`,
  }
}

function pathComment(draft: Draft): Remark | undefined {
  const [first = ''] = draft.lines
  const comment = /^\s*(?:\/\/|#|\/\*|<!--)\s*(\S+)\s*(?:\*\/|-->)?\s*$/.exec(first)?.[1]
  if (comment === undefined || !(draft.path === comment || draft.path.endsWith(`/${comment}`))) return undefined
  const oldFirst = draft.oldLines?.[0] ?? ''
  if (suffixOf(draft.path) !== 'json' && !/^#!|^<\?xml/.test(oldFirst)) return undefined
  return {
    code: 'path-comment',
    message: `${quoteLine(first)} cannot be this file's first line (only the file's lines)`,
  }
}

function lostTabs({ path, lines, oldLines }: Draft): Remark | undefined {
  if (!/(?:^|\/)(?:GNU)?[Mm]akefile$|\.mk$/.test(path)) return undefined
  const tabbed = (list: readonly string[]) => list.some((line) => line.startsWith('\t'))
  const rule = lines.findIndex(
    (line, index) => /^[^\s#=][^=]*:(?!=)/.test(lineAt(lines, index - 1)) && /^ +\S/.test(line),
  )
  if (rule < 0 || tabbed(lines) || (oldLines && !tabbed(oldLines))) return undefined
  return { code: 'tabs-lost', message: `line ${rule + 1} begins with blanks, and a makefile needs a tab there` }
}

function base64({ lines, oldLines }: Draft): Remark | undefined {
  const isBase64 = (line: string) => /^(?=.*[0-9])(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9+/]{60,}={0,2}$/.test(line)
  const encoded = lines.filter((line) => isBase64(line)).length
  const holdsOnlyThat = lines.length > 0 && encoded >= Math.max(1, lines.length - 2)
  if (!holdsOnlyThat || oldLines?.some((line) => isBase64(line))) return undefined
  return { code: 'binary', message: 'binary files cannot be sent' }
}

function conflictMarkers(draft: Draft): Remark | undefined {
  const marker = draft.lines.find((line) => /^(?:<{7}|>{7})(?: \S.*)?$/.test(line) && !oldHolds(draft, line))
  if (marker === undefined || isProse(draft.path)) return undefined
  return { code: 'conflict-markers', message: `a conflict marker is left over: ${quoteLine(marker)}` }
}

/** The same one to three lines, 50 times in a row, where the present version has no such thing (D73). */
function repetition({ path, lines, oldLines }: Draft): Remark | undefined {
  if (DATA.has(suffixOf(path))) return undefined
  const found = longestRepeat(lines)
  if (!found || (oldLines && longestRepeat(oldLines))) return undefined
  return { code: 'repetition', message: `${quoteLine(lineAt(lines, found - 1))} is repeated over and over` }
}

/** In tables of data lines may repeat. */
const DATA = new Set(['csv', 'tsv', 'json', 'jsonl', 'sql', 'svg', 'txt', 'log'])

/** The index behind a run of 50 repeats of the same one to three lines. */
function longestRepeat(lines: readonly string[]): number | undefined {
  for (const period of [1, 2, 3]) {
    let run = 0
    for (let at = period; at < lines.length; at++) {
      const line = lineAt(lines, at)
      run = line === lines[at - period] && (line.trim().length > 3 || period > 1) ? run + 1 : 0
      if (run >= 50 * period && line.trim().length > 3) return at + 1
    }
  }
  return undefined
}
