import type { SourceFile } from '../evidence/evidence.ts'
import { definitionsIn } from './definitions.ts'

const MOST_NAMES = 30

/** Files that are data, or made by a program: they are shown only if something names them. */
const DATA =
  /(?:\.(?:po|pot|mo|xlf|xliff|arb|svg|map|snap|lock|csv|tsv|jsonl|log|pdf|min\.\w+|bundle\.\w+|generated\.\w+)|_pb2\.py|\.pb\.go)$|(?:^|\/)(?:(?:package-lock|npm-shrinkwrap)\.json|pnpm-lock\.yaml|go\.(?:work\.)?sum)$|(?:^|\/)(?:fixtures?|testdata|__snapshots__|locales?)\//i
/** Code of others, or that a build has written: a source if nothing else is. */
const BUILT = /(?:^|\/)(?:vendor|dist)\//i

/** A program that shortens code leaves lines that are longer than people write them. */
const LONG_LINES = 400
const LEAST_MINIFIED = 4000

export function isData(file: SourceFile): boolean {
  return BUILT.test(file.path) || !holdsCode(file)
}

/** Whether people read a file, wherever it is. */
export function holdsCode({ path, content }: SourceFile): boolean {
  const isGenerated = /^.{0,3}\s*@generated\b|^.*\bDO NOT EDIT\b/.test(content.slice(0, 400))
  return !DATA.test(path) && !isMinified(content) && !isGenerated
}

function isMinified(content: string): boolean {
  return content.length > LEAST_MINIFIED && content.length / content.split('\n').length > LONG_LINES
}

/** A line of the map: path, size, and the names that the file defines. */
export function mapLine(file: SourceFile): string {
  const lines = file.content.split('\n').length - (file.content.endsWith('\n') ? 1 : 0)
  const size = `${file.path}: ${lines} lines, ${Buffer.byteLength(file.content)} bytes`
  const names = isData(file) ? [] : [...new Set(definitionsIn(file.content).map(({ name }) => name))]
  if (names.length === 0) return `${size}\n`
  const more = names.length > MOST_NAMES ? `, and ${names.length - MOST_NAMES} more` : ''
  return `${size}; ${names.slice(0, MOST_NAMES).join(', ')}${more}\n`
}
