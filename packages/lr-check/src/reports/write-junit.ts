import type { Outcome } from '@loop-runner/stage-protocol'
import { type Finding, kindOf, verdictOf, writeFinding } from '@loop-runner/checkers'
import type { Run } from '../running/run-plan.ts'
import { quoteCommand } from '@loop-runner/cli-kit'

/** Runs as JUnit XML: a suite each, with a failed case for each finding, or one case where it has none. */
export function writeJunit(runs: readonly Run[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${runs.map(writeSuite).join('')}</testsuites>\n`
}

function writeSuite(run: Run): string {
  const { plan, outcome, stdout, stderr, findings = [] } = run
  const verdict = verdictOf(outcome, kindOf(plan))
  const name = quoteCommand(plan.argv)
  const cases =
    findings.length > 0 && verdict === 'fail' ? findings.map(writeCase) : [writeWhole(name, outcome, verdict)]
  const failures = verdict === 'fail' ? cases.length : 0
  const errors = verdict === 'unknown' ? 1 : 0
  const counts = `tests="${cases.length}" failures="${failures}" errors="${errors}"`
  const printed = `    <system-out>${escape(stdout)}</system-out>\n    <system-err>${escape(stderr)}</system-err>\n`
  return `  <testsuite name="${escape(name)}" ${counts}>\n${cases.join('')}${printed}  </testsuite>\n`
}

function writeCase(finding: Finding): string {
  const { path, line, code, message } = finding
  const place = `classname="${escape(path)}" file="${escape(path)}"${line === undefined ? '' : ` line="${line}"`}`
  const failure = `<failure message="${escape(message)}">${escape(writeFinding(finding).trimEnd())}</failure>`
  return `    <testcase name="${escape(code || message)}" ${place}>${failure}</testcase>\n`
}

function writeWhole(name: string, outcome: Outcome, verdict: ReturnType<typeof verdictOf>): string {
  const open = `    <testcase name="${escape(name)}" classname="lr-check"`
  if (verdict === 'pass') return `${open}/>\n`
  const element = verdict === 'fail' ? 'failure' : 'error'
  return `${open}><${element} message="${outcome}"/></testcase>\n`
}

const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' }

/** Escapes text for XML; characters that XML does not allow become U+FFFD. */
function escape(text: string): string {
  return text
    .replaceAll(/[\x00-\x08\x0b\x0c\x0e-\x1f\uFFFE\uFFFF]|\p{Surrogate}/gu, '\uFFFD')
    .replaceAll(/[<>&"]/g, (char) => ENTITIES[char] ?? char)
}
