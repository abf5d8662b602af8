import { type Segment, SegmentBuilder } from './segment.ts'

const RESULT = /^ *\d+\/\d+ Test +#(\d+): .*? \.*\s*(Passed|\*\*\*\S.*?) +[\d.…]+ sec/
const PRINTED = /^(\d+): (?!Test (?:command|timeout)|Working Directory|Environment variables)(.*)$/
const NOISE =
  /^(?: +Start +\d+: .*|test \d+|\d+: .*|Test project .*|UpdateCTestConfiguration .*|Constructing a list of tests|Done constructing .*|Updating test list .*|Added \d+ tests? .*|Checking test dependency graph.*|The following tests (?:FAILED|passed|did not run):|\t *\d+ - .*|Errors while running CTest|Output from these tests are in: .*|Use "--rerun-failed .*|Total Test time .*)$/

/** CTest: what a test printed stands below its result (`--output-on-failure`), or above it, each line with its number (`-V`). */
export function readCtest(lines: readonly string[]): Segment[] | undefined {
  if (!lines.some((line) => RESULT.test(line))) return undefined
  const builder = new SegmentBuilder()
  const printed = new Map<string, string[]>()
  for (const line of lines) {
    const [, number = '', result] = RESULT.exec(line) ?? []
    const [, owner = '', text] = PRINTED.exec(line) ?? []
    if (result !== undefined) addResult(builder, { line, result, log: printed.get(number) ?? [] })
    else if (text !== undefined) printed.set(owner, [...(printed.get(owner) ?? []), text])
    else addOther(builder, line)
  }
  return builder.segments
}

function addOther(builder: SegmentBuilder, line: string): void {
  if (NOISE.test(line)) builder.add('noise', line)
  else if (builder.isInRecord && !/^\d+% tests passed, /.test(line)) builder.continue(line)
  else builder.add('text', line)
}

interface Result {
  readonly line: string
  readonly result: string
  readonly log: readonly string[]
}

function addResult(builder: SegmentBuilder, { line, result, log }: Result): void {
  if (result === 'Passed' || /^\*\*\*(?:Skipped|Not Run \(Disabled\))/.test(result)) {
    builder.add('pass', line)
    return
  }
  builder.begin(line.trim())
  for (const printed of log) builder.continue(printed)
}
