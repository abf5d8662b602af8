import type { Segment } from './segment.ts'

const CASE = /<testcase\b([^>]*?)(?:\/>|>([^]*?)<\/testcase>)/g
const FAILURE = /<(failure|error)\b([^>]*?)(?:\/>|>([^]*?)<\/\1>)/
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }

/** A report in JUnit's XML: what fails as text, and what passes by its name alone. */
export function readJunitXml(lines: readonly string[]): Segment[] | undefined {
  const start = lines.findIndex((line) => /<testsuites?\b/.test(line))
  const end = lines.findLastIndex((line) => /<\/testsuites?>/.test(line))
  if (start < 0 || end < start) return undefined
  const cases = [
    ...lines
      .slice(start, end + 1)
      .join('\n')
      .matchAll(CASE),
  ].map(([, attributes = '', body = '']) => readCase(attributes, body))
  const isProlog = (line = '') => line.startsWith('<?xml')
  const before = lines.slice(0, isProlog(lines[start - 1]) ? start - 1 : start)
  return [{ kind: 'text', lines: before }, ...cases, { kind: 'text', lines: lines.slice(end + 1) }]
}

function readCase(attributes: string, body: string): Segment {
  const name = [attribute(attributes, 'classname'), attribute(attributes, 'name')].filter(Boolean).join(' > ')
  const failure = FAILURE.exec(body)
  if (!failure) return { kind: 'pass', lines: [name] }
  const [, , own = '', text = ''] = failure
  const message = attribute(own, 'message')
  const details = unescape(text.replace(/^\s*<!\[CDATA\[|\]\]>\s*$/g, '')).trim()
  const place = [attribute(attributes, 'file'), attribute(attributes, 'line')].filter(Boolean).join(':')
  const shown = details.includes(message) ? [details] : [message, details]
  return { kind: 'fail', lines: [`${name}${place && ` (${place})`}`, ...shown.join('\n').split('\n')] }
}

function attribute(attributes: string, name: string): string {
  return unescape(new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? '')
}

function unescape(text: string): string {
  return text
    .replace(/&#(x?)([\da-f]{1,6});/gi, (_all, hex: string, digits: string) =>
      String.fromCodePoint(Math.min(Number.parseInt(digits, hex ? 16 : 10) || 0xfffd, 0x10ffff)),
    )
    .replace(/&(lt|gt|quot|apos|amp);/g, (_all, name: string) => ENTITIES[name] ?? '')
}
