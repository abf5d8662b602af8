import { indentOf, isFile, type Segment, SegmentBuilder } from './segment.ts'

const FAILING = /^[✖×] failing tests:$/
const SAYS_NOTHING = /^ *▶ |^ℹ (?:duration_ms|(?:suites|cancelled|skipped|todo) 0$)/
/** With dots there is no place above a failure; a suite fails with those that it holds. */
const DOTS = /^[.X]+$/
const FAILING_BELOW_DOTS = /^Failed tests:$/
const SUITE = /^ {2}'\d+ subtests? failed'$/
const MARKED = /^ *[✔✖▶﹣] /

/** node --test with dots: failures stand below them. */
export function readNodeDots(lines: readonly string[]): Segment[] | undefined {
  const end = lines.findIndex((line) => FAILING_BELOW_DOTS.test(line))
  if (end < 0 || !lines.slice(0, end).some((line) => DOTS.test(line))) return undefined
  const builder = new SegmentBuilder()
  for (const line of lines.slice(0, end)) builder.add(DOTS.test(line) ? 'noise' : 'text', line)
  for (const [at, line] of lines.entries()) if (at > end) addBelowDots(builder, line, lines[at + 1])
  return builder.segments
}

function addBelowDots(builder: SegmentBuilder, line: string, next = ''): void {
  if (SUITE.test(next) || SUITE.test(line)) builder.add('noise', line)
  else if (line.startsWith('✖ ')) builder.begin(line)
  else if (builder.isInRecord && /^$|^ /.test(line)) builder.continue(line)
  else builder.add('text', line)
}

/** node --test in its form for people: failures stand where they happened, and again at the end. */
export function readNodeSpec(lines: readonly string[]): Segment[] | undefined {
  if (!lines.some((line) => /^ℹ (?:tests|pass|fail) \d+$/.test(line) || FAILING.test(line))) return undefined
  const end = lines.findIndex((line) => FAILING.test(line))
  if (end < 0) return readInline(lines, true).segments
  const builder = readInline(lines.slice(0, end), false)
  for (const line of lines.slice(end + 1)) {
    if (line.startsWith('test at ')) builder.begin(line)
    else if (builder.isInRecord && /^$|^ |^✖ /.test(line)) builder.continue(line)
    else builder.add('text', line)
  }
  return builder.segments
}

/** @param areRecords whether failures are shown here only, because the run was cut short before its end */
function readInline(lines: readonly string[], areRecords: boolean): SegmentBuilder {
  const builder = new SegmentBuilder()
  let indent = Infinity
  for (const line of lines) {
    const isFailure = /^ *✖ /.test(line)
    const isDetail = !MARKED.test(line) && (line === '' ? indent < Infinity : indentOf(line) > indent)
    indent = isFailure ? indentOf(line) : isDetail ? indent : Infinity
    if (!isFailure && !isDetail) addOther(builder, line)
    else if (!areRecords) builder.add('noise', line)
    else if (isFailure) builder.begin(line)
    else builder.continue(line)
  }
  return builder
}

function addOther(builder: SegmentBuilder, line: string): void {
  if (/^ *✔ /.test(line)) builder.add(isFile(line.replace(/ \([^()]*\)$/, '')) ? 'text' : 'pass', line)
  else builder.add(SAYS_NOTHING.test(line) ? 'noise' : 'text', line)
}
