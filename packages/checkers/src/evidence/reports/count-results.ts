import { expandMachineReports } from './machine-reports.ts'
import { readReports } from './read-reports.ts'

/** How many tests passed and failed, by the lines that name them; undefined if no report is found. */
export function countResults(text: string): { passed: number; failed: number } | undefined {
  const segments = readReports(expandMachineReports(text).split('\n'))
  if (!segments) return undefined
  const count = (kind: 'pass' | 'fail') => segments.filter((segment) => segment.kind === kind).length
  return { passed: count('pass'), failed: count('fail') }
}
