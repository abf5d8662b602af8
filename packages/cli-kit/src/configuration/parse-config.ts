import {
  type Alias,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml'
import { reasonOf, UsageError } from '../command-error.ts'
import { type ConfigFile, type KeyPath } from './config-file.ts'
import { isObject } from '../is-object.ts'

/** What is said of mistakes that the library words for programmers. */
const WORDS: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'this key stands here twice (keep one)',
  MULTIPLE_DOCS: 'a second document begins here (one is read)',
  TAB_AS_INDENT: 'a tab (indent with blanks)',
}

/**
 * Reads a configuration file's text.
 *
 * @throws UsageError with line and column where it is not YAML, or no mapping
 */
export function parseConfig(
  path: string,
  text: string,
  { origin, trust }: Pick<ConfigFile, 'origin' | 'trust'>,
): ConfigFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const fault = faultOf(document)
  if (fault) {
    const { line, col } = lines.linePos(fault.offset)
    throw new UsageError(`${path}:${line}:${col}: ${fault.message}`)
  }
  const keys = valueOf(document, path) ?? {}
  if (!isObject(keys)) throw new UsageError(`${path}:1:1: expected a mapping of options (KEY: VALUE)`)
  const find = (at: KeyPath) => {
    const { line, col } = lines.linePos(offsetOf(document, at))
    return { line, column: col }
  }
  const texts = textsOf(document.contents, document)
  return { path, profile: undefined, origin, trust, keys, texts: isObject(texts) ? texts : {}, find }
}

interface Fault {
  readonly message: string
  readonly offset: number
}

function faultOf(document: Document): Fault | undefined {
  const [error] = [...document.errors, ...document.warnings]
  if (error) return { message: WORDS[error.code] ?? `not YAML: ${error.message}`, offset: error.pos[0] }
  let fault: Fault | undefined
  visit(document, {
    Alias(_key, alias) {
      const message = faultOfAlias(alias, document)
      if (message === undefined) return undefined
      fault = { message, offset: startOf(alias) ?? 0 }
      return visit.BREAK
    },
  })
  return fault
}

function faultOfAlias(alias: Alias, document: Document): string | undefined {
  const target = alias.resolve(document)
  if (!target) return `not YAML: no anchor "${alias.source}" stands before it`
  const [from = 0, , to = 0] = target.range ?? []
  const at = startOf(alias) ?? 0
  return from <= at && at < to ? 'this alias stands for what it stands in' : undefined
}

function valueOf(document: Document, path: string): unknown {
  try {
    return document.toJS()
  } catch (error) {
    // Aliases that would multiply without end.
    throw new UsageError(`${path}:1:1: invalid YAML: ${reasonOf(error)}`)
  }
}

/** A node as a value in which numbers are still the text that was written. */
function textsOf(node: unknown, document: Document): unknown {
  if (isAlias(node)) return textsOf(node.resolve(document), document)
  if (isMap(node)) {
    return Object.fromEntries(node.items.map(({ key, value }) => [nameOf(key), textsOf(value, document)]))
  }
  if (isSeq(node)) return node.items.map((item) => textsOf(item, document))
  if (!isScalar(node)) return undefined
  return typeof node.value === 'number' || typeof node.value === 'bigint' ? node.source : node.value
}

/** Where in the text the last key of a path stands that is there. */
function offsetOf(document: Document, keys: KeyPath): number {
  let offset = 0
  let node: unknown = document.contents
  for (const key of keys) {
    const parent = isAlias(node) ? node.resolve(document) : node
    const item: unknown = isCollection(parent)
      ? parent.items.find((item, index) => (isPair(item) ? nameOf(item.key) === key : index === key))
      : undefined
    if (item === undefined) return offset
    offset = startOf(isPair(item) ? item.key : item) ?? offset
    node = isPair(item) ? item.value : item
  }
  return offset
}

function nameOf(key: unknown): string {
  return String(isScalar(key) ? key.value : key)
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null)?.range?.[0]
}
