import { PYTEST_TITLE } from './clean-pytest.ts'
import { type Segment, SegmentBuilder } from './segment.ts'

const SECTION = /^=+ (.*?) =+$/
const SUMMED_UP =
  /^(?:=+ )?(?:\d+ \w+, )*\d+ (?:passed|failed|errors?|skipped|xfailed|xpassed|deselected)\b.* in [\d.…]+/
const PROGRESS = /^(?:\S+\.py )?[.FEsxXu,-]+(?: +\[ *\d+%\])?$/
const RESULT = '(PASSED|SKIPPED|XFAIL|XPASS|FAILED|ERROR|SUBPASSED|SUBSKIPPED|SUBFAILED)'
const VERBOSE = new RegExp(String.raw`^\S+::.* ${RESULT}\b.*$`)
/** pytest-xdist names a test when it starts, and again with its result. */
const OF_WORKER = new RegExp(String.raw`^\[gw\d+\] \[ *\d+%\] ${RESULT}\S* \S+`)
const STARTED = /^\S+\.py::\S.*$/
const HEADER =
  /^(?:platform |rootdir: |plugins: |configfile: |cachedir: |hypothesis profile |benchmark: |collecting |collected |Using --randomly-seed|gw\d+ [IC[]|\[gw\d+\] (?:linux|darwin|win32|Python)|scheduling tests via|created: \d+\/\d+ workers|\d+ workers \[)/
const SHORT = /^(?:FAILED|ERROR|SUBFAILED\S*) \S/

type State = 'outside' | 'failures' | 'summary'

/** pytest: records below FAILURES and ERRORS; the short summary repeats them, unless they are left out (`--tb=no`). */
export function readPytest(lines: readonly string[]): Segment[] | undefined {
  if (!lines.some((line) => SUMMED_UP.test(line) || /^=+ (?:FAILURES|test session starts) =+$/.test(line)))
    return undefined
  // Where it was cut short, its progress says how far it came.
  const isWhole = lines.some((line) => SUMMED_UP.test(line))
  const hasRecords = lines.some((line) => PYTEST_TITLE.test(line))
  const hasWorkers = lines.some((line) => OF_WORKER.test(line))
  const builder = new SegmentBuilder()
  let state: State = 'outside'
  for (const line of lines) {
    const section = SECTION.exec(line)?.[1]
    if (SUMMED_UP.test(line)) state = 'outside'
    else if (section !== undefined) state = stateBelow(section)
    if (SUMMED_UP.test(line) || section !== undefined)
      builder.add(isNamed(line, state) ? 'text' : 'noise', withoutRule(line))
    else if (state === 'failures') addFailure(builder, line)
    else if (state === 'summary') addShort(builder, line, hasRecords)
    else addOutside(builder, line, { isWhole, hasWorkers })
  }
  return builder.segments
}

/** "===== 2 failed in 0.10s =====" as "2 failed" */
function withoutRule(line: string): string {
  return line.replace(/^=+ (\d+ .*?) in [\d.…]+s?(?: \([\d:]+\))? =+$/, '$1')
}

function stateBelow(section: string): State {
  if (/^(?:FAILURES|ERRORS)$/.test(section)) return 'failures'
  return section.startsWith('short test summary') ? 'summary' : 'outside'
}

function isNamed(line: string, state: State): boolean {
  return state === 'outside' && !line.includes('= test session starts =')
}

function addFailure(builder: SegmentBuilder, line: string): void {
  if (PYTEST_TITLE.test(line)) builder.begin(line)
  else if (builder.isInRecord) builder.continue(line)
  else builder.add('text', line)
}

function addShort(builder: SegmentBuilder, line: string, hasRecords: boolean): void {
  if (hasRecords) builder.add('noise', line)
  else if (SHORT.test(line)) builder.begin(line)
  else if (builder.isInRecord) builder.continue(line)
  else builder.add('text', line)
}

/** Whether the run came to its end, and whether several workers ran the tests. */
interface Session {
  readonly isWhole: boolean
  readonly hasWorkers: boolean
}

function addOutside(builder: SegmentBuilder, line: string, session: Session): void {
  const [, result] = VERBOSE.exec(line) ?? OF_WORKER.exec(line) ?? []
  if (result !== undefined) builder.add(/^(?:FAILED|ERROR|SUBFAILED)$/.test(result) ? 'noise' : 'pass', line)
  else builder.add(saysNothing(line, session) ? 'noise' : 'text', line)
}

function saysNothing(line: string, { isWhole, hasWorkers }: Session): boolean {
  return (PROGRESS.test(line) && isWhole) || HEADER.test(line) || (hasWorkers && STARTED.test(line))
}
