import { type Draft, isProse, oldHolds, quoteLine, type Remark, suffixOf } from './draft.ts'

const COMMENT = /^\s*(?:\/\/+|#+|\/\*+|\{\/\*|<!--|--|;+|%+|\*|"""|''')\s*(.*?)\s*(?:\*\/\}?|-->|"""|''')?\s*$/
const BRACKETED = /^\s*[[(<{]\s*((?:\.{3}|…|rest|remaining|existing|unchanged|same)\b.*?)\s*[\])>}]\s*$/i
const LED_BY_DOTS = /^\s*(?:\.{3,}|…)\s*(\S.*)$/
const LONGEST_COMMENT = 160

const THING = String.raw`(?:code|file|function|method|class|implementation|module|script|content|contents|document|imports?|tests?|methods|functions|logic|body|lines|section|component|config(?:uration)?)`
const PHRASES: readonly RegExp[] = [
  /^(?:\.{3,}|…)$/,
  /^(?:\.{3,}|…).*\b(?:rest|remaining|existing|previous|unchanged|same|other|omitted|code|here|before|above|below|original|implementation|snip|imports?|methods?|functions?)\b/i,
  /\b(?:rest|existing|previous|unchanged|same|other|remaining|code|imports?|methods?|functions?)\b.{0,40}(?:\.{3,}|…)$/i,
  new RegExp(String.raw`\b(?:rest|remainder) of (?:the |your |this |my )?(?:\w+ ){0,2}${THING}\b`, 'i'),
  new RegExp(
    String.raw`^(?:the |your |all |other )*(?:existing|previous|original|other|remaining|unchanged) (?:\w+ )?${THING}(?:$|.{0,20}\b(?:here|unchanged|remains?|same|as is|as before|above|below|omitted)\b)`,
    'i',
  ),
  /^(?:\S+ ){0,6}(?:remains?|stays?|kept|left|is|are) (?:exactly )?(?:the same|unchanged|as is|as before)\b.{0,20}$/i,
  /^(?:same|unchanged|no changes?) (?:as|here|below|above|from|to|in)\b(?: \S+){0,5}$/i,
  /\b(?:omitted|truncated|snipped|elided)\b.{0,20}\b(?:for brevity|here)?$/i,
  /^(?:the )?(?:rest|remaining|unchanged)(?: unchanged| here)?$/i,
]

/** Finds a placeholder that stands for code which the file would lose (D52, D53). */
export function findElision(draft: Draft): Remark | undefined {
  for (const [index, line] of draft.lines.entries()) {
    if (line.length > LONGEST_COMMENT || !/[.…]{1}|[a-z]{4}/i.test(line)) continue
    if (isBareDots(line) && isMeantAsDots(draft, index)) continue
    if (!(isBareDots(line) || isPlaceholder(line, isProse(draft.path))) || oldHolds(draft, line)) continue
    const code = isBareDots(line) ? 'dots' : 'elided'
    return { code, message: `line ${index + 1} leaves code out: ${quoteLine(line)} (send the whole file)` }
  }
  return undefined
}

function isBareDots(line: string): boolean {
  return /^\s*(?:\.{3,}|…)\s*$/.test(line)
}

/** Dots that are code or prose: the body of a Python stub, the end of a YAML document, a pause in a text. */
function isMeantAsDots(draft: Draft, index: number): boolean {
  const suffix = suffixOf(draft.path)
  if (isProse(draft.path) || ['yaml', 'yml', 'pyi'].includes(suffix)) return true
  const before = draft.lines.slice(0, index).findLast((line) => line.trim() !== '')
  return suffix === 'py' && before?.trimEnd().endsWith(':') === true
}

function isPlaceholder(line: string, inProse: boolean): boolean {
  const comment = inProse ? /^\s*<!--\s*(.*?)\s*-->\s*$/.exec(line) : COMMENT.exec(line)
  const inner = comment?.[1] ?? BRACKETED.exec(line)?.[1]
  if (inner !== undefined) return PHRASES.some((phrase) => phrase.test(inner))
  const led = LED_BY_DOTS.exec(line)?.[1]
  return led !== undefined && PHRASES.some((phrase) => phrase.test(led))
}
