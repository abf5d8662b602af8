import { type Segment, SegmentBuilder } from './segment.ts'

const FAILED = /^ [✘☢∅⚠] \S/
const PASSED = /^ [✔↩] \S/
const DETAIL = /^ {3}[│├┐┴╵╷┊]/
const NOISE =
  /^(?:PHPUnit [\d.]+ by .*|Time: .*|Runtime: .*|Configuration: .*|Summary of (?:non-successful )?tests.*:|ERRORS!|FAILURES!)$/

/** PHPUnit with `--testdox`: details stand behind a rule below a failing test; some versions repeat all failures at the end. */
export function readTestdox(lines: readonly string[]): Segment[] | undefined {
  if (!lines.some((line) => DETAIL.test(line)) || !lines.some((line) => FAILED.test(line))) return undefined
  const builder = new SegmentBuilder()
  for (const [at, line] of lines.entries()) addLine(builder, line, lines[at + 1])
  return builder.segments
}

function addLine(builder: SegmentBuilder, line: string, next = ''): void {
  if (FAILED.test(line)) builder.begin(line.trim())
  else if (PASSED.test(line)) builder.add('pass', line)
  else if (builder.isInRecord && (DETAIL.test(line) || line === ''))
    builder.continue(line.replace(DETAIL, ' ').trimEnd())
  else builder.add(isHeading(next) || NOISE.test(line) ? 'noise' : 'text', line)
}

/** Above a test stands the name of its class. */
function isHeading(next: string): boolean {
  return FAILED.test(next) || PASSED.test(next)
}
