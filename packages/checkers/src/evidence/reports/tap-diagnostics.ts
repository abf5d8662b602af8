import { plainText } from '../plain-text.ts'
import { indentOf } from './segment.ts'
import { dropForeignFrames } from './stack-frames.ts'

/** Keys that repeat others, or say nothing about the failure. */
const DROPPED = new Set(['duration_ms', 'type', 'failureType', 'code', 'name', 'source', 'compare', 'exitcode'])

interface Entry {
  readonly key: string
  readonly lines: readonly string[]
}

/** Diagnostics of a failing TAP test: expected and actual once, and of the stack what lies in the project. */
export function cleanDiagnostics(lines: readonly string[]): string[] {
  if (!/^ *---$/.test(lines[0] ?? '')) return dropForeignFrames(lines)
  const inside = lines.slice(1, lines.at(-1)?.trim() === '...' ? -1 : undefined)
  const message = messageInJson(inside)
  if (message !== undefined) return withMargin(dropForeignFrames(message), 2)
  const entries = entriesOf(inside)
  const dropped = droppedKeys(entries)
  const at = entries.find(({ key }) => key === 'at' || key === 'location')
  const place = at === undefined ? '' : joinPlace(at.lines)
  const kept = entries.filter(({ key, lines: own }) => !dropped.has(key) && !/^ *message: ''$/.test(own[0] ?? ''))
  return withMargin(
    kept.flatMap((entry) => writeEntry(entry, place)),
    2,
  )
}

/** What of expected, actual and the like is said by another entry. */
function droppedKeys(entries: readonly Entry[]): ReadonlySet<string> {
  const error = entries.find(({ key }) => key === 'error')
  const keys = new Set(entries.map(({ key }) => key))
  const holdsComparison = keys.has('diff') || keys.has('details') || (error !== undefined && error.lines.length > 2)
  const dropped = new Set([...DROPPED, ...(holdsComparison ? ['expected', 'actual', 'operator'] : [])])
  if (!keys.has('error') && !keys.has('message')) dropped.delete('code')
  return dropped
}

/** Deno writes JSON, with the colours of the terminal in it. */
function messageInJson(lines: readonly string[]): string[] | undefined {
  if (lines.length !== 1 || !/^ *\{"message":/.test(lines[0] ?? '')) return undefined
  const [, quoted = ''] = /^ *\{"message":("(?:[^"\\]|\\.)*")/.exec(lines[0] ?? '') ?? []
  if (quoted === '') return undefined
  return plainText(JSON.parse(quoted) as string).split('\n')
}

function writeEntry({ key, lines }: Entry, place: string): string[] {
  if (key === 'stack') return cleanStack(lines, place)
  if (key === 'at') return place.includes('node_modules/') ? [] : [place]
  return joinShort(lines)
}

function withMargin(lines: readonly string[], margin: number): string[] {
  const own = Math.min(...lines.filter((line) => line.trim() !== '').map(indentOf))
  return lines.map((line) => ' '.repeat(margin) + line.slice(own))
}

/** Entries by the keys of the outermost mapping. What is no mapping stands at the beginning. */
function entriesOf(lines: readonly string[]): Entry[] {
  const margin = Math.min(...lines.filter((line) => line.trim() !== '').map(indentOf))
  const entries: { key: string; lines: string[] }[] = [{ key: '', lines: [] }]
  for (const line of lines) {
    const key = indentOf(line) === margin ? /^ *([\w' ().-]+?)'?:(?: |$)/.exec(line)?.[1] : undefined
    if (key === undefined) entries.at(-1)?.lines.push(line)
    else entries.push({ key: key.replace(/^'/, ''), lines: [line] })
  }
  return entries
}

function cleanStack([first = '', ...frames]: readonly string[], place: string): string[] {
  const own = dropForeignFrames(frames).filter((line) => /:\d+/.test(line))
  const news = own.filter((line) => !place.includes(/[^\s(]+:\d+/.exec(line)?.[0] ?? ' '))
  return news.length === 0 ? [] : [first.replace(/ *[|>][-+]?$/, ''), ...news.slice(0, 6)]
}

/** node-tap's mapping of file, line and column as one place. */
function joinPlace(lines: readonly string[]): string {
  const text = lines.join('\n')
  const field = (name: string) => new RegExp(`${name}: (.*)`).exec(text)?.[1]
  const file = field('fileName')
  if (file !== undefined) return `${lines[0]} ${file}:${field('lineNumber')}:${field('columnNumber')}`
  return lines.map((line, index) => (index === 0 ? line.replace(/ *>-$/, '') : ` ${line.trim()}`)).join('')
}

/** A block of one line stands behind its key. */
function joinShort(lines: readonly string[]): string[] {
  const [first = '', second = '', ...rest] = lines
  const isBlock = /: [|>][-+]?$/.test(first)
  if (isBlock && second !== '' && rest.every((line) => line.trim() === ''))
    return [first.replace(/[|>][-+]?$/, second.trim())]
  return [...lines].filter((line) => line.trim() !== '')
}
