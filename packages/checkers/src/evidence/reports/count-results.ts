import { shortenLine } from '../shorten-line.ts'
import { readReports } from './read-reports.ts'

/**
 * How many tests passed and failed, by the lines that name them; undefined if no report is found.
 *
 * @param text without reports for machines (`expandMachineReports`)
 */
export function countResults(text: string): { passed: number; failed: number } | undefined {
  // As evidence is shortened before it is read: some formats take a time that grows with the square of a line's length.
  const segments = readReports(text.split('\n').map((line) => shortenLine(line)))
  if (!segments) return undefined
  const count = (kind: 'pass' | 'fail') => segments.filter((segment) => segment.kind === kind).length
  return { passed: count('pass'), failed: count('fail') }
}
