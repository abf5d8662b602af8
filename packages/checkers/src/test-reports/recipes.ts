import { join } from 'node:path'
import { addArguments, addAfterVerb, addReporter, isAbout, replaceModule, type Started } from './change-command.ts'
import { readGoJson } from './read-go-json.ts'
import { readJestJson } from './read-jest-json.ts'
import { readJunitReport } from './read-junit.ts'
import { readReportLines } from './read-lines.ts'
import type { ReportKind } from '@loop-runner/checker-table'
import { MOCHA_HOOK, NODE_REPORTER, PYTHON_RUNNER } from './reporters.ts'
import type { ReportState } from './test-report.ts'

/** How a kind of test runner is asked for a report in a folder of this program, beside its usual output. */
export interface ReportRecipe {
  /** A file of this program in the folder, for the runner to load. */
  readonly helper?: { readonly name: string; readonly text: string }
  /** The name of the report in the folder. */
  readonly report: string
  /** The command with the request; undefined if it has a report of its own or runs no tests. */
  readonly ask: (started: Started, folder: string) => Started | undefined
  /** A further command that is run after an exit code of 0; what it prints is the report. */
  readonly confirm?: (started: Started) => readonly string[] | undefined
  /** Undefined if the report does not speak against a pass and names no tests. */
  readonly read: (text: string, cwd: string) => ReportState | undefined
  /** Whether a missing report means that the process ended early, and not that the request had no effect. */
  readonly isSure: boolean
}

const JEST: ReportRecipe = {
  report: 'report.json',
  ask: (started, folder) =>
    isAbout(started, /^--(?:json|outputFile|listTests|showConfig|version|help|watch(?:All)?|init)\b|^-h$/)
      ? undefined
      : addArguments(started, ['--json', `--outputFile=${join(folder, 'report.json')}`]),
  read: readJestJson,
  isSure: true,
}

const VITEST: ReportRecipe = {
  report: 'report.json',
  ask: (started, folder) => {
    if (isAbout(started, /^--outputFile|^(?:list|bench|init|typecheck)$|^--(?:version|help)$|^-[hv]$/)) return undefined
    const usual = isAbout(started, /^--reporter\b/) ? [] : ['--reporter=default']
    return addArguments(started, [...usual, '--reporter=json', `--outputFile.json=${join(folder, 'report.json')}`])
  },
  read: readJestJson,
  isSure: true,
}

const PYTEST: ReportRecipe = {
  report: 'report.xml',
  ask: (started, folder) => {
    const notRun =
      /^--(?:junit-?xml|collect-only|co|fixtures|markers|version|help|setup-plan)\b|^-[hV]$|^PYTEST_ADDOPTS=|^-i$/
    if (isAbout(started, notRun) || /\s/.test(folder)) return undefined
    const usual = started.env['PYTEST_ADDOPTS'] ?? ''
    const addopts = `${usual} --junit-xml=${join(folder, 'report.xml')} -o junit_family=xunit1`.trim()
    return { ...started, env: { ...started.env, PYTEST_ADDOPTS: addopts } }
  },
  read: readJunitReport,
  isSure: true,
}

const NODE: ReportRecipe = {
  helper: { name: 'reporter.mjs', text: NODE_REPORTER },
  report: 'report.jsonl',
  ask: (started, folder) => addReporter(started, join(folder, 'reporter.mjs')),
  read: readReportLines,
  isSure: false,
}

const MOCHA: ReportRecipe = {
  helper: { name: 'hook.cjs', text: MOCHA_HOOK },
  report: 'report.jsonl',
  ask: (started, folder) => addArguments(started, ['--require', join(folder, 'hook.cjs')]),
  read: readReportLines,
  isSure: false,
}

/** With -json `go test` prints another form, so a pass is asked for it afterwards: tests run once more, or come from its cache. */
const GO: ReportRecipe = {
  report: 'report.jsonl',
  ask: (started) => (goEvents(started) ? started : undefined),
  confirm: goEvents,
  read: readGoJson,
  isSure: false,
}

function goEvents(started: Started): readonly string[] | undefined {
  if (isAbout(started, /^--?(?:list|c|n|exec|bench|fuzz|h|help)(?:=|$)/)) return undefined
  return addAfterVerb(started.argv, { program: 'go', verb: 'test', more: ['-json'] })
}

const python = (module: string): ReportRecipe => ({
  helper: { name: 'run.py', text: PYTHON_RUNNER },
  report: 'report.jsonl',
  ask: (started, folder) => replaceModule(started, module, join(folder, 'run.py')),
  read: readReportLines,
  isSure: false,
})

/** By the name that a checker's `report` has. */
export const REPORT_RECIPES: Readonly<Record<ReportKind, ReportRecipe>> = {
  pytest: PYTEST,
  jest: JEST,
  vitest: VITEST,
  node: NODE,
  mocha: MOCHA,
  unittest: python('unittest'),
  doctest: python('doctest'),
  go: GO,
}
