import { decodeEntities } from './decode-entities.ts'
import type { ReportState, TestResult } from './test-report.ts'

const CASE = /<testcase\b([^>]*?)(?:\/>|>([^]*?)<\/testcase>)/g

/** JUnit XML, as pytest writes it at the end of a session. */
export function readJunitReport(text: string): ReportState {
  if (!/<\/testsuites?>\s*$|<testsuites?\b[^>]*\/>\s*$/.test(text)) return 'incomplete'
  const tests: TestResult[] = []
  let otherFailures = 0
  for (const [, attributes = '', content = ''] of text.matchAll(CASE)) {
    const outcome = outcomeOf(content)
    const name = nameOf(attributes)
    // A file that cannot be collected is reported as a case without a class.
    if (name === undefined) otherFailures += outcome === 'failed' ? 1 : 0
    else tests.push({ name, outcome, ...(outcome === 'failed' ? { message: messageIn(content) } : {}) })
  }
  return { tests, otherFailures }
}

function outcomeOf(content: string): TestResult['outcome'] {
  if (/<(?:failure|error)\b/.test(content)) return 'failed'
  return /<skipped\b/.test(content) ? 'skipped' : 'passed'
}

function messageIn(content: string): string {
  const [, text = ''] = /<(?:failure|error)\b[^>]*>([^]*?)<\/(?:failure|error)>/.exec(content) ?? []
  return decodeEntities(text)
}

function nameOf(attributes: string): string | undefined {
  const own = attribute(attributes, 'classname')
  const name = attribute(attributes, 'name') ?? ''
  return own === undefined || own === '' ? undefined : `${own}: ${name}`
}

function attribute(attributes: string, name: string): string | undefined {
  const [, value] = new RegExp(`\\b${name}="([^"]*)"`).exec(attributes) ?? []
  return value === undefined ? undefined : decodeEntities(value)
}
