/** One event of `go test -json`. */
interface GoEvent {
  readonly Action?: string
  readonly Output?: string
}

interface Result {
  readonly name: string
  readonly outcome: 'passed' | 'failed' | 'skipped'
  readonly details: string
}

type Json = Readonly<Record<string, unknown>>

const GO_EVENT = /^\{(?:"ImportPath"|"Time":"[^"]*"),"Action":"/
const TEAMCITY = /^##teamcity\[(\w+)(.*)\]$/

/**
 * Reports that are made for programs, as the text that stands for them: the events of `go test -json` as what go test
 * prints, the JSON of Jest, Mocha, RSpec and Vitest and TeamCity's messages as TAP. Any other text stays as it is.
 */
export function expandMachineReports(text: string): string {
  if (GO_EVENT.test(text) || /\n\{"Time":"[^"]*","Action":"/.test(text)) return expandGoEvents(text)
  if (text.includes('##teamcity[test')) return expandTeamCity(text)
  return /^ *\{/m.test(text) && /"(?:examples|testResults|failures)":/.test(text) ? expandJson(text) : text
}

function expandGoEvents(text: string): string {
  let expanded = ''
  for (const line of text.split('\n')) {
    const event = GO_EVENT.test(line) ? (parse(line) as GoEvent | undefined) : undefined
    expanded += event ? (event.Output ?? '') : `${line}\n`
  }
  return expanded
}

function expandJson(text: string): string {
  const lines = text.split('\n')
  for (const [at, line] of lines.entries()) {
    if (!/^ *\{/.test(line)) continue
    // A report stands on one line, or ends with a line that closes it.
    const ends = [at, lines.findLastIndex((other) => other.startsWith('}'))].filter((end) => end >= at)
    for (const end of ends) {
      const report = parse(lines.slice(at, end + 1).join('\n'))
      const results = report && resultsOf(report)
      if (results) return [...lines.slice(0, at), ...writeTap(results), ...lines.slice(end + 1)].join('\n')
    }
  }
  return text
}

function parse(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Json) : undefined
  } catch {
    return undefined
  }
}

function resultsOf(report: Json): Result[] | undefined {
  const examples = listOf(report['examples'])
  if (examples.length > 0) return examples.map(ofRspec)
  const files = listOf(report['testResults'])
  if (files.length > 0) return files.flatMap(ofJest)
  const tests = listOf(report['tests'])
  return tests.length > 0 && report['stats'] !== undefined ? tests.map((test) => ofMocha(test, report)) : undefined
}

function ofRspec(example: Json): Result {
  const exception = (example['exception'] ?? {}) as Json
  const place = `${textOf(example['file_path'])}:${textOf(example['line_number'])}`
  const details = `${textOf(exception['class'])}: ${textOf(exception['message']).trim()}\nat ${place}`
  return { name: textOf(example['full_description']), outcome: outcomeOf(example['status']), details }
}

/** A file that cannot be loaded has a message, and no tests. */
function ofJest(file: Json): Result[] {
  const tests = listOf(file['assertionResults'])
  if (tests.length === 0 && file['status'] === 'failed')
    return [{ name: textOf(file['name']), outcome: 'failed', details: textOf(file['message']) }]
  return tests.map((test) => ({
    name: textOf(test['fullName'] ?? test['title']),
    outcome: outcomeOf(test['status']),
    details: [test['failureMessages']].flat().map(textOf).join('\n'),
  }))
}

function ofMocha(test: Json, report: Json): Result {
  const error = (test['err'] ?? {}) as Json
  const name = textOf(test['fullTitle'])
  const isPending = listOf(report['pending']).some((pending) => pending['fullTitle'] === test['fullTitle'])
  const outcome = isPending ? 'skipped' : error['message'] === undefined ? 'passed' : 'failed'
  return { name, outcome, details: textOf(error['stack'] ?? error['message']) }
}

function outcomeOf(status: unknown): Result['outcome'] {
  return status === 'passed' || status === 'failed' ? status : 'skipped'
}

function expandTeamCity(text: string): string {
  const lines: string[] = []
  let failed: string | undefined
  for (const line of text.split('\n')) {
    const [, message = '', attributes = ''] = TEAMCITY.exec(line) ?? []
    const of = (name: string) => unescape(new RegExp(` ${name}='((?:[^'|]|\\|.)*)'`).exec(attributes)?.[1] ?? '')
    if (message === 'testFailed') {
      failed = of('name')
      const compared = of('expected') === '' ? '' : `\nexpected: ${of('expected')}\nactual: ${of('actual')}`
      const details = `${of('message')}${compared}\n${of('details')}`
      lines.push(...writeTap([{ name: failed, outcome: 'failed', details }]))
    } else if (message === 'testFinished' && of('name') !== failed)
      lines.push(...writeTap([{ name: of('name'), outcome: 'passed', details: '' }]))
    else if (message === '') lines.push(line)
  }
  return lines.join('\n')
}

function unescape(text: string): string {
  const known: Readonly<Record<string, string>> = { n: '\n', r: '' }
  return text.replace(/\|(0x[\da-f]{4}|.)/gi, (_all, code: string) =>
    code.startsWith('0x') ? String.fromCharCode(Number(code)) : (known[code] ?? code),
  )
}

function writeTap(results: readonly Result[]): string[] {
  return results.flatMap(({ name, outcome, details }) => {
    const title = name.replaceAll('\n', ' ').replaceAll('#', '\\#')
    if (outcome !== 'failed') return [`ok 1 ${title}${outcome === 'skipped' ? ' # SKIP' : ''}`]
    const lines = details.split('\n').filter((line) => line.trim() !== '')
    return [`not ok 1 ${title}`, ...lines.map((line) => `    ${line}`)]
  })
}

function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter((one): one is Json => typeof one === 'object' && one !== null) : []
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
