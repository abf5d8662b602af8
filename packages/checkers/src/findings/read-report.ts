import { isObject } from '@loop-runner/cli-kit'
import { type Finding, severityOf } from './finding.ts'

type Json = Readonly<Record<string, unknown>>

/** The findings of a report in a format that tools share; undefined where the text is no such report. */
export function readReport(text: string): Finding[] | undefined {
  const start = text.trimStart()
  if (start.startsWith('<')) return /<testsuites?\b/.test(start) ? readJunit(start) : undefined
  if (!start.startsWith('{') && !start.startsWith('[')) return undefined
  try {
    return readJson(JSON.parse(start))
  } catch {
    return undefined
  }
}

function readJson(report: unknown): Finding[] | undefined {
  if (isObject(report) && Array.isArray(report['runs'])) return listOf(report['runs']).flatMap(readSarifRun)
  if (isObject(report) && Array.isArray(report['diagnostics'])) return listOf(report['diagnostics']).map(readRdjson)
  const files = listOf(report)
  return files.some((file) => Array.isArray(file['messages'])) ? files.flatMap(readEslintFile) : undefined
}

/** SARIF 2.1.0: the first location of each result. */
function readSarifRun(run: Json): Finding[] {
  return listOf(run['results']).map((result) => {
    const place = inside(listOf(result['locations'])[0] ?? {}, 'physicalLocation')
    const region = inside(place, 'region')
    const level = textOf(result['level'])
    return {
      path: decodeURI(textOf(inside(place, 'artifactLocation')['uri'])),
      line: countOf(region['startLine']),
      column: countOf(region['startColumn']),
      severity: severityOf(level === '' ? 'warning' : level),
      code: textOf(result['ruleId']),
      message: textOf(inside(result, 'message')['text']),
    }
  })
}

/** Reviewdog's diagnostic format. */
function readRdjson(diagnostic: Json): Finding {
  const location = inside(diagnostic, 'location')
  const start = inside(inside(location, 'range'), 'start')
  return {
    path: textOf(location['path']),
    line: countOf(start['line']),
    column: countOf(start['column']),
    severity: severityOf(textOf(diagnostic['severity'])),
    code: textOf(inside(diagnostic, 'code')['value']),
    message: textOf(diagnostic['message']),
  }
}

function readEslintFile(file: Json): Finding[] {
  return listOf(file['messages']).map((message) => ({
    path: textOf(file['filePath']),
    line: countOf(message['line']),
    column: countOf(message['column']),
    severity: message['severity'] === 1 ? 'warning' : 'error',
    code: textOf(message['ruleId']),
    message: textOf(message['message']),
  }))
}

const COMPLAINT = /<(?:failure|error)\b([^>]*)>/

/** JUnit has no place for a line; some runners write one, all name a file or a class. */
function readJunit(text: string): Finding[] {
  const findings: Finding[] = []
  for (const testCase of text.split('<testcase ').slice(1)) {
    const [, complaint] = COMPLAINT.exec(testCase) ?? []
    if (complaint === undefined) continue
    const attributes = testCase.slice(0, testCase.indexOf('>'))
    const file =
      attribute(attributes, 'file') ?? `${(attribute(attributes, 'classname') ?? '').replaceAll('.', '/')}.py`
    findings.push({
      path: file,
      line: countOf(Number(attribute(attributes, 'line') ?? Number.NaN)),
      column: undefined,
      severity: 'error',
      code: attribute(attributes, 'name') ?? '',
      message: attribute(complaint, 'message') ?? '',
    })
  }
  return findings
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&', '#10': ' ' }

function attribute(attributes: string, name: string): string | undefined {
  const [, value] = new RegExp(`\\b${name}="([^"]*)"`).exec(attributes) ?? []
  return value?.replaceAll(/&([#\w]+);/g, (entity, word: string) => ENTITIES[word] ?? entity)
}

function inside(value: Json, key: string): Json {
  const inner = value[key]
  return isObject(inner) ? inner : {}
}

function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined
}
