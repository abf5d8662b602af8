import { type Draft, isProse, oldHolds, quoteLine, type Remark, suffixOf } from './draft.ts'

const COMMENT = /^\s*(?:\/\/+|#+|\/\*+|\{\/\*|<!--|--|;+|%+|\*|"""|''')\s*(.*?)\s*(?:\*\/\}?|-->|"""|''')?\s*$/
const BRACKETED = /^\s*[[(<{]\s*((?:\.{3}|…|rest|remaining|existing|unchanged|same)\b.*?)\s*[\])>}]\s*$/i
const LED_BY_DOTS = /^\s*(?:\.{3,}|…)\s*(\S.*)$/
const LONGEST_COMMENT = 160

const THING = String.raw`(?:code|file|function|method|class|implementation|module|script|content|contents|document|imports?|tests?|methods|functions|logic|body|lines|section|component|config(?:uration)?)`
const REST = String.raw`(?:rest|remainder|everything|others?|remaining|existing|previous|original)`
const STAYS = String.raw`(?:remains?|stays?|kept|left|is|are) (?:exactly )?(?:the same|unchanged|as is|as before)`
const PHRASES: readonly RegExp[] = [
  '^(?:\\.{3,}|…)$',
  '^(?:\\.{3,}|…).*\\b(?:rest|remaining|existing|previous|unchanged|same|other|omitted|code|here|before|above|below|original|implementation|snip|imports?|methods?|functions?)\\b',
  '\\b(?:rest|existing|previous|unchanged|same|other|remaining|code|imports?|methods?|functions?)\\b.{0,40}(?:\\.{3,}|…)$',
  `\\b(?:rest|remainder) of (?:the |your |this |my )?(?:\\w+ ){0,2}${THING}\\b`,
  `^(?:the |your |all )*(?:existing|previous|original|unchanged) (?:\\w+ )?${THING}$`,
  `^(?:the |your |all )*(?:${REST}|unchanged) (?:\\w+ )?${THING}.{0,20}\\b(?:here|unchanged|remains?|same|as is|as before|above|below|omitted)\\b`,
  `\\b(?:${REST}|${THING})\\b(?: \\S+){0,4} ${STAYS}\\b.{0,20}$`,
  '^(?:same|unchanged|no changes?) (?:as|here|below|above|from|to|in)\\b(?: \\S+){0,5}$',
  `\\b(?:${REST}|${THING})\\b.{0,20}\\b(?:omitted|truncated|snipped|elided)\\b.{0,20}$`,
  '\\b(?:omitted|truncated|snipped|elided)\\b.{0,10}\\bfor brevity\\b',
  '^(?:the )?(?:rest|remaining|unchanged)(?: unchanged| here)?$',
].map((phrase) => new RegExp(phrase, 'i'))

/** Finds a placeholder that stands for code which the file would lose (D52, D53). */
export function findElision(draft: Draft): Remark | undefined {
  const inProse = isProse(draft.path)
  let before = ''
  for (const [index, line] of draft.lines.entries()) {
    const isDots = isBareDots(line)
    const isElided = isDots
      ? !areMeant(draft.path, before)
      : line.length <= LONGEST_COMMENT && isPlaceholder(line, inProse)
    if (isElided && !oldHolds(draft, line)) {
      const message = `line ${index + 1} leaves code out: ${quoteLine(line)} (send the whole file)`
      return { code: isDots ? 'dots' : 'elided', message }
    }
    if (line.trim() !== '') before = line
  }
  return undefined
}

/**
 * Whether dots on a line of their own are code or prose: the body of a Python stub, the end of a YAML document, a pause.
 *
 * @param before the line before, blank ones left out
 */
function areMeant(path: string, before: string): boolean {
  const suffix = suffixOf(path)
  if (isProse(path) || ['yaml', 'yml', 'pyi'].includes(suffix)) return true
  return suffix === 'py' && before.trimEnd().endsWith(':')
}

function isBareDots(line: string): boolean {
  return /^\s*(?:\.{3,}|…)\s*$/.test(line)
}

function isPlaceholder(line: string, inProse: boolean): boolean {
  const comment = inProse ? /^\s*<!--\s*(.*?)\s*-->\s*$/.exec(line) : COMMENT.exec(line)
  const inner = comment?.[1] ?? BRACKETED.exec(line)?.[1]
  if (inner !== undefined) return PHRASES.some((phrase) => phrase.test(inner))
  const led = LED_BY_DOTS.exec(line)?.[1]
  return led !== undefined && PHRASES.some((phrase) => phrase.test(led))
}
