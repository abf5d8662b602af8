import { capLines } from '../cap-lines.ts'
import { collapseRepeats } from '../collapse.ts'
import { PYTEST_TITLE } from './clean-pytest.ts'
import { cleanRecord, SeenRecords } from './clean-record.ts'
import type { Segment } from './segment.ts'

/** So many failures are shown whole; of each further one a line. */
const WHOLE = 10
const MOST_BRIEF = 200
const LONGEST_BRIEF = 200
const MOST_TITLES = 8
/** The room of all records that are shown whole, and the least that one of them gets, in characters. */
const RECORDS_ROOM = 12_000
const LEAST_ROOM = 1000
/** The room of what belongs to no test. */
const TEXT_ROOM = 8000
/** What says how a test failed, below its title. */
const SAYS_HOW = /^(?:E {2,}|.*?(?:Error|Exception|assert|expected|panicked|error:|message:|got )).*/i

/** A report as evidence: failures first and whole, then the rest of the output, and passing tests as a count. */
export function writeReport(segments: readonly Segment[]): string[] {
  const seen = new SeenRecords()
  const records = uniqueRecords(
    segments.flatMap(({ kind, lines }) => (kind === 'fail' ? [cleanRecord(lines, seen)] : [])),
  )
  const room = Math.max(LEAST_ROOM, Math.floor(RECORDS_ROOM / Math.max(1, Math.min(WHOLE, records.length))))
  const whole = records.slice(0, WHOLE).map((lines) => capLines(shortTitle(lines), room))
  const brief = records.slice(WHOLE).map(briefly)
  const more = brief.length - MOST_BRIEF
  const passed = segments.filter(({ kind }) => kind === 'pass').length
  return [
    ...whole.flatMap((lines, at) => (at === 0 || isRule(lines[0]) ? lines : ['', ...lines])),
    ...(brief.length === 0 ? [] : ['', 'Further failures:', ...brief.slice(0, MOST_BRIEF)]),
    ...(more > 0 ? [`${more} more failures`] : []),
    ...restOf(segments, records.length > 0),
    ...(passed === 0 ? [] : [`${passed} passing ${passed === 1 ? 'test is' : 'tests are'} not shown`]),
  ]
}

/** Jest shows the failures of a large run twice. */
function uniqueRecords(records: readonly string[][]): string[][] {
  const byText = new Map(records.map((lines) => [lines.join('\n'), lines]))
  return [...byText.values()].filter((lines) => lines.length > 0)
}

/** The title of a failure, and how it failed. */
function briefly(record: readonly string[]): string {
  const titles = titlesOf(record)
  const name = titles.map((title) => title.replace(PYTEST_TITLE, '$1').trim()).join(' ')
  const how = record
    .slice(titles.length)

    .find((line) => SAYS_HOW.test(line))
    ?.replace(/^E {2,}/, '')
    .trim()
  const text = how === undefined ? name : `${name}: ${how}`
  return text.length <= LONGEST_BRIEF ? text : `${text.slice(0, LONGEST_BRIEF).replace(/[\uD800-\uDBFF]$/, '')}…`
}

/** The lines that name a failure: mocha's suites, the comments above a TAP test, the place above a test of node --test. */
function titlesOf(record: readonly string[]): readonly string[] {
  const [first = ''] = record
  const isEnd = /^ +\d+\) /.test(first)
    ? (line: string) => line.trimEnd().endsWith(':')
    : (line: string) => !/^(?:test at |# )/.test(line)
  const end = record.slice(0, MOST_TITLES).findIndex(isEnd)
  return record.slice(0, end + 1 || 1)
}

/** Whether a title is set off by itself. */
function isRule(title = ''): boolean {
  return title.startsWith('___ ')
}

/** pytest's titles are as wide as a terminal. */
function shortTitle([title = '', ...lines]: readonly string[]): string[] {
  return [title.replace(PYTEST_TITLE, '___ $1'), ...lines]
}

function restOf(segments: readonly Segment[], isBelow: boolean): string[] {
  const text = segments.flatMap(({ kind, lines }) => (kind === 'text' ? lines : []))
  const lines = text.filter((line, at) => line.trim() !== '' || (text[at - 1] ?? '').trim() !== '')
  while (lines.length > 0 && lines.at(-1)?.trim() === '') lines.pop()
  while (lines.length > 0 && lines[0]?.trim() === '') lines.shift()
  return lines.length === 0 ? [] : [...(isBelow ? [''] : []), ...capLines(collapseRepeats(lines), TEXT_ROOM)]
}
