import { relative, resolve } from 'node:path'
import type { Checker } from '@loop-runner/checker-table'
import { type Finding, severityOf } from './finding.ts'
import { readReport } from './read-report.ts'

type FindingData = Pick<Checker, 'findings' | 'columnsFromZero'>

/** Where a checker ran, for the paths that it prints. */
export interface FindingContext {
  /** Absolute. */
  readonly cwd: string
  /** The folder in which it ran, relative to `cwd`. */
  readonly folder: string
  /** Whether a path, relative to `cwd`, is a file. */
  readonly isFile: (path: string) => boolean
}

/**
 * `path:line:col: severity: message` and `path(line,col): severity CODE: message`, as compilers print them, the places of
 * Python's tracebacks, and those of TAP.
 */
const ANYBODYS = [
  String.raw`^(?<path>[^\s:()][^:\n]*):(?<line>\d+)(?::(?<column>\d+))?:? +(?:(?<severity>fatal error|error|warning|note|info)\b:? *)?(?<message>\S.*)$`,
  String.raw`^(?<path>[^\s():][^():\n]*)\((?<line>\d+)(?:,(?<column>\d+))?\): +(?<severity>fatal error|error|warning|note|info) *(?<code>[A-Z]+\d+)?: (?<message>\S.*)$`,
  String.raw`^ +File "(?<path>[^"\n]+)", line (?<line>\d+).*\n(?: .*\n){1,8}(?<message>[\w.]+(?:Error|Exception|Interrupt|Exit)\b.*)$`,
  String.raw`^ *not ok \d+ (?:- )?(?<message>.*)\n *---\n(?: .*\n){0,20}? *(?:at|location): '?(?:.*\()?(?<path>[^'\n:()]+):(?<line>\d+)(?::(?<column>\d+))?`,
]

/**
 * What a run found, in its own order, each once: from a report in SARIF, rdjson, JUnit or ESLint's JSON where standard
 * output is one, else by the patterns of the checker, or of anybody where it has none.
 */
export function readFindings(
  { stdout, stderr }: { readonly stdout: string; readonly stderr: string },
  checker: FindingData = {},
  context: FindingContext,
): Finding[] {
  const found = readReport(stdout) ?? readText(`${stdout}\n${stderr}`, checker)
  const known = new Map<string, Finding>()
  for (const finding of found) {
    const path = pathInTree(finding.path, context)
    if (path !== undefined && context.isFile(path))
      known.set(JSON.stringify({ ...finding, path }), { ...finding, path })
  }
  return [...known.values()]
}

/** What all patterns find, in the order in which it stands in the text. */
function readText(text: string, { findings = ANYBODYS, columnsFromZero = false }: FindingData): Finding[] {
  const found = findings.flatMap((pattern) => matchFindings(text, pattern))
  const inOrder = found.sort((left, right) => left.at - right.at).map(({ finding }) => finding)
  return columnsFromZero ? inOrder.map(countFromOne) : inOrder
}

function countFromOne(finding: Finding): Finding {
  return finding.column === undefined ? finding : { ...finding, column: finding.column + 1 }
}

/** A match of the group `heading` names the file of those that follow. */
function matchFindings(text: string, pattern: string): { at: number; finding: Finding }[] {
  const found: { at: number; finding: Finding }[] = []
  let heading = ''
  for (const { index: at, groups = {} } of text.matchAll(new RegExp(pattern, 'gm'))) {
    if (groups['heading'] === undefined) found.push({ at, finding: readMatch(groups, heading) })
    else heading = groups['heading']
  }
  return found
}

function readMatch(groups: Readonly<Record<string, string | undefined>>, heading: string): Finding {
  return {
    path: groups['path'] ?? heading,
    line: numberOf(groups['line']),
    column: numberOf(groups['column']),
    severity: severityOf(groups['severity']),
    code: groups['code'] ?? '',
    message: (groups['message'] ?? '').trim(),
  }
}

function numberOf(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits)
}

/** The path as it is seen from the working directory; undefined for what lies elsewhere. */
function pathInTree(printed: string, { cwd, folder }: FindingContext): string | undefined {
  const path = relative(cwd, resolve(cwd, folder, printed.replace(/^file:\/\//, '')))
  return path.startsWith('../') ? undefined : path
}
