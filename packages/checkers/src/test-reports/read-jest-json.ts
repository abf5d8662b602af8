import { relative } from 'node:path'
import type { ReportState, TestResult } from './test-report.ts'

interface JsonTest {
  readonly fullName?: string
  readonly title?: string
  readonly status?: string
  readonly failureMessages?: readonly string[]
}

interface JsonFile {
  readonly name?: string
  readonly status?: string
  readonly assertionResults?: readonly JsonTest[]
}

interface JsonReport {
  readonly success?: boolean
  readonly testResults?: readonly JsonFile[]
  readonly wasInterrupted?: boolean
}

/** The JSON that Jest and Vitest write to a file at the end of a run. */
export function readJestJson(text: string, cwd: string): ReportState {
  const report = parse(text)
  if (!report?.testResults) return 'incomplete'
  const tests = report.testResults.flatMap((file) => testsOf(file, cwd))
  const hasFailed = (file: JsonFile) => file.status === 'failed' && !testsOf(file, cwd).some(isFailed)
  const files = report.testResults.filter(hasFailed).length
  // A run without any test is no success either; errors outside of all tests are.
  const isUnexplained = report.success === false && files === 0 && tests.length > 0 && !tests.some(isFailed)
  return { tests, otherFailures: files + (isUnexplained ? 1 : 0) }
}

function isFailed({ outcome }: TestResult): boolean {
  return outcome === 'failed'
}

function testsOf({ name = '', assertionResults = [] }: JsonFile, cwd: string): TestResult[] {
  const file = relative(cwd, name)
  return assertionResults.map(({ fullName, title = '', status, failureMessages = [] }) => ({
    name: `${file}: ${(fullName ?? title).trim()}`,
    outcome: status === 'passed' || status === 'failed' ? status : 'skipped',
    ...(status === 'failed' ? { message: failureMessages.join('\n') } : {}),
  }))
}

function parse(text: string): JsonReport | undefined {
  try {
    const report: unknown = JSON.parse(text)
    return typeof report === 'object' && report !== null ? report : undefined
  } catch {
    return undefined
  }
}
