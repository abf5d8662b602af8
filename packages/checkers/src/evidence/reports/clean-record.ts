import { collapseRepeats } from '../collapse.ts'
import { PYTEST_TITLE, PytestCases } from './clean-pytest.ts'
import { dropForeignFrames } from './stack-frames.ts'

const MARGIN = 'E   '
const SELF = /^self = <.*>$/
/** pytest's line between two frames. */
const SEPARATOR = /^(?:-{60,}|(?:_ )+_?)$/
/** pytest-xdist names the worker below each title. */
const WORKER = /^\[gw\d+\] \w+ -- Python /
const CARETS = /^\s+[~^]+$/
const CAPTION_WITHOUT_CONTENT = /^-+ Captured \w+ \w+ -+$/

/** What stands in earlier records: bodies of functions, cases of parametrised tests. It is not repeated. */
export class SeenRecords {
  readonly cases = new PytestCases()
  readonly #bodies: string[] = []

  /** @returns whether the body, or its beginning, stands above */
  hasBody(body: string): boolean {
    const isSeen = this.#bodies.some((seen) => seen.startsWith(body))
    if (!isSeen) this.#bodies.push(body)
    return isSeen
  }
}

/** A failing record without what says nothing: foreign frames, `self`, blank lines, functions that stand above. */
export function cleanRecord(lines: readonly string[], seen: SeenRecords): string[] {
  const own = dropForeignFrames(lines).filter((line, at, all) => {
    if (SELF.test(line) || SEPARATOR.test(line) || WORKER.test(line)) return false
    if (CARETS.test(line) && !/\b(?:Syntax|Indentation|Tab)Error\b/.test(all[at + 1] ?? '')) return false
    return !(CAPTION_WITHOUT_CONTENT.test(line) && (all[at + 1] ?? '') === '')
  })
  const short = shortenMargin(dropBodies(own, seen))
  const said = PYTEST_TITLE.test(short[0] ?? '') ? seen.cases.shorten(short) : dropComparison(short)
  return collapseRepeats(dropBlankLines(said))
}

/** pytest indents what it says of an assertion as far as the assertion. */
function shortenMargin(lines: readonly string[]): string[] {
  const margins = lines.flatMap((line) => /^E {3,}(?=\S)/.exec(line)?.[0].length ?? [])
  const surplus = Math.min(...margins) - MARGIN.length
  return lines.map((line) => (line.startsWith(MARGIN) ? MARGIN + line.slice(MARGIN.length + surplus) : line))
}

/** pytest shows the function of each frame down to the line that failed, which is marked by `>`; its number stands below. */
function dropBodies(lines: readonly string[], seen: SeenRecords): string[] {
  const kept: string[] = []
  let body: string[] = []
  for (const line of lines) {
    if (/^ {4}|^$/.test(line)) body.push(line)
    else {
      const isFunction = line.startsWith('>') && body.some((one) => /^ {4}(?:async )?def /.test(one))
      const text = body.join('\n').trim()
      const isSeen = isFunction && seen.hasBody(text)
      if (!isSeen) kept.push(...body)
      if (!(isFunction && seen.hasBody(`${text}\n${line}`) && isSeen)) kept.push(line)
      body = []
    }
  }
  return [...kept, ...body]
}

/** A comparison that the message above it holds already (mocha, vitest). */
function dropComparison(lines: readonly string[]): string[] {
  const start = lines.findIndex((line) => /^ *(?:\+ expected - actual|- Expected)$/.test(line))
  if (start < 0) return [...lines]
  const isVitest = lines[start]?.trim() === '- Expected'
  const end = lines.findIndex(
    (line, at) => at > start + 2 && (isVitest ? /^ ❯ |^⎯/.test(line) : /^ +at |^ *$/.test(line)),
  )
  const block = lines.slice(start + 1, end < 0 ? undefined : end)
  const message = lines.slice(0, start)
  const isHeld = isVitest
    ? /expected .* to /.test(message.join('\n')) && block.filter((line) => /^[-+] /.test(line)).length === 3
    : message.some((line) => /^ *\+ actual - expected$| !== /.test(line))
  return isHeld ? [...message, ...(end < 0 ? [] : lines.slice(end))] : [...lines]
}

/** No blank lines at the ends, nor two in a row. */
function dropBlankLines(lines: readonly string[]): string[] {
  const isBlank = (line: string | undefined) => (line ?? '').trim() === ''
  const kept = lines.filter((line, at) => !isBlank(line) || !isBlank(lines[at - 1]))
  if (isBlank(kept[0])) kept.shift()
  while (kept.length > 0 && isBlank(kept.at(-1))) kept.pop()
  return kept
}
