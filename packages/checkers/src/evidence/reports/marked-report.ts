import { indentOf, type Segment, SegmentBuilder } from './segment.ts'

const PASS_MARK =
  /^ *(?:[✓✔√✅☑]|\[ ?(?:PASS(?:ED)?|OK|ok|pass(?:ed)?|✓) ?\]|PASS(?:ED)?:?|[Pp]assed:|\(pass\)|ok:?(?= - | \d)) +\S/
const PASS_END = /\S ?(?:\.{2,}|…|:) ?(?:ok|OK|PASS(?:ED)?|passed)(?: *[[(][^()[\]]*[\])])?$/
const SKIP_MARK = /^ *(?:[↩↓○⊘◌-]|\[ ?(?:SKIP(?:PED)?) ?\]|SKIP(?:PED)?:?) +\S.*(?:skip|todo|pending)/i
const FAIL_MARK = /^ *(?:[✗✘✖✕×❌☒]|\[ ?(?:FAIL(?:ED|URE)?|✗|✘) ?\]|FAIL(?:ED|URE)?:?|[Ff]ailed:|\(fail\)) +\S/
const FAIL_END = /\S ?(?:\.{2,}|…|:) ?(?:FAIL(?:ED|URE)?|failed|ERROR)(?: *[[(][^()[\]]*[\])])?$/
/** Fewer results than this may be anything, unless they are summed up. */
const FEWEST = 5
const SUMMARY = /^ *(?:\d+ tests?, (?:no|\d+) failures?\b|(?:failing|failed|failures): +\d+$)/i

/** The report of a runner that is not known: lines whose mark says that a test passed or failed, details below those that failed. */
export function readMarked(lines: readonly string[]): Segment[] | undefined {
  const passes = lines.filter(isPass).length
  if (passes === 0 || (passes < FEWEST && !lines.some((line) => SUMMARY.test(line)))) return undefined
  const builder = new SegmentBuilder()
  let indent = 0
  for (const line of lines) {
    if (isPass(line) || SKIP_MARK.test(line)) builder.addPass(line)
    else if (FAIL_MARK.test(line) || FAIL_END.test(line)) {
      indent = indentOf(line)
      beginBelowHeadings(builder, line)
    } else if (builder.isInRecord && isDetail(line, indent)) builder.continue(line)
    else builder.add('text', line)
  }
  return builder.segments
}

function isPass(line: string): boolean {
  return PASS_MARK.test(line) || PASS_END.test(line)
}

/** Details are indented further; if the mark is indented itself, also as far, and an error with its frames less. */
function isDetail(line: string, indent: number): boolean {
  if (line.trim() === '' || indentOf(line) > indent) return true
  return indent > 0 && (indentOf(line) === indent || /^ +(?:at |\w*Error\b)/.test(line))
}

/** Headings directly above a failing test name it. */
function beginBelowHeadings(builder: SegmentBuilder, line: string): void {
  const [heading = '', ...headings] = builder.takeHeadings(indentOf(line))
  builder.begin(heading === '' ? line.trimEnd() : heading)
  for (const next of heading === '' ? [] : [...headings, line]) builder.continue(next)
}
