import { readAva } from './ava-report.ts'
import { readCtest } from './ctest-report.ts'
import { readGo } from './go-report.ts'
import { readJunitXml } from './junit-report.ts'
import { readMarked } from './marked-report.ts'
import { readNodeDots, readNodeSpec } from './node-spec-report.ts'
import { readPytest } from './python-report.ts'
import { RECORD_FORMATS } from './record-formats.ts'
import { RESULT_FORMATS } from './result-lines.ts'
import { readRspec } from './rspec-report.ts'
import { type ReadReport, type Segment, splitRecords } from './segment.ts'
import { readStatuses } from './status-report.ts'
import { readTap } from './tap-report.ts'
import { readTestdox } from './testdox-report.ts'

/** Every kind of report, whatever starts its test runner. */
const FORMATS: readonly ReadReport[] = [
  readJunitXml,
  readPytest,
  readNodeSpec,
  readNodeDots,
  readRspec,
  readTestdox,
  readCtest,
  ...RESULT_FORMATS,
  ...RECORD_FORMATS.map(
    (format): ReadReport =>
      (lines) =>
        splitRecords(format, lines),
  ),
  readAva,
  readGo,
  readTap,
  readMarked,
  readStatuses,
]

/**
 * The reports of test runners in an output. There may be several, as behind `make test`: what one format does not know is
 * read by the next.
 *
 * @returns undefined if there is no report
 */
export function readReports(lines: readonly string[]): Segment[] | undefined {
  let segments: Segment[] = [{ kind: 'text', lines }]
  for (const read of FORMATS) {
    segments = segments.flatMap((segment) => (segment.kind === 'text' ? (read(segment.lines) ?? [segment]) : [segment]))
  }
  return segments.some(({ kind }) => kind !== 'text') ? segments : undefined
}
