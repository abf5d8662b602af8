import type { SourceFile } from '../evidence/evidence.ts'
import { leftOut } from '../evidence/shorten.ts'
import type { CountTokens } from '../tokens/count-tokens.ts'
import { type Definition, definitionsIn } from './definitions.ts'
import type { LineRange } from './requests.ts'

/** Lines before and after a place outside of any definition of a readable length. */
const AROUND = 40
const LONGEST_DEFINITION = 200
const HEAD_LINES = 30
const PIECE_LINES = 10
const MOST_NAMES = 200
/** The share of a part for the names of definitions. */
const OUTLINE_SHARE = 0.25

/** The places and names to show from a file. */
export interface Wanted {
  /** Numbers of lines, from 1. */
  readonly places: ReadonlySet<number>
  /** Names whose definitions are wanted. */
  readonly words: ReadonlySet<string>
  /** Lines that the model asked for, in the order of their worth. */
  readonly lines: readonly LineRange[]
  /** Whether the model asked for the file: the rest of it fills the room. */
  readonly isRequested: boolean
  /** In tokens. */
  readonly room: number
}

/** The relevant part of a long file: definitions at the places and with the names, and an outline. */
export function partOfFile(file: SourceFile, wanted: Wanted, count: CountTokens): string {
  const lines = file.content.replace(/\n$/, '').split('\n')
  const definitions = definitionsIn(file.content)
  const kept = new Set<number>()
  let room = wanted.room
  for (const [start, end] of rangesOf(lines, definitions, wanted)) {
    const range = Array.from({ length: end - start + 1 }, (_, at) => start + at).filter(
      (at) => at < lines.length && !kept.has(at),
    )
    const cost = count(range.map((at) => `${lines[at]}\n`).join(''))
    if (cost > room) continue
    room -= cost
    for (const at of range) kept.add(at)
  }
  return `${file.path}, ${lines.length} lines\n${writeKept(lines, kept)}${outline(definitions, wanted.room * OUTLINE_SHARE, count)}`
}

/** In the order of their worth. */
function rangesOf(lines: readonly string[], definitions: readonly Definition[], wanted: Wanted) {
  const { places, words } = wanted
  const asked = wanted.lines.map(({ from, to }): [number, number] => [
    Math.max(0, from - 1),
    Math.min(to, lines.length) - 1,
  ])
  const atPlaces = [...places].map((place): [number, number] => rangeAround(place - 1, definitions))
  const called = definitions
    .filter(({ name, start, end }) => words.has(name) && end - start < LONGEST_DEFINITION)
    .map(({ start, end }): [number, number] => [start, end])
  const used = usedBy([...atPlaces, ...called], lines, definitions)
  const first = definitions.find(({ indent }) => indent === 0)?.start ?? lines.length
  const head: [number, number] = [0, Math.min(first, HEAD_LINES) - 1]
  const rest = wanted.isRequested ? piecesOf(lines.length) : []
  return [...asked.flatMap(([start, end]) => piecesOf(end + 1, start)), ...atPlaces, ...called, head, ...used, ...rest]
}

/** What the shown definitions name and the file defines itself: classes that they extend, functions that they call. */
function usedBy(
  ranges: readonly [number, number][],
  lines: readonly string[],
  definitions: readonly Definition[],
): [number, number][] {
  const text = ranges.map(([start, end]) => lines.slice(Math.max(0, start), end + 1).join('\n')).join('\n')
  const words = new Set(text.match(/[A-Za-z_$][\w$]*/g))
  return definitions
    .filter(({ name, start, end }) => words.has(name) && end - start < LONGEST_DEFINITION)
    .map(({ start, end }): [number, number] => [start, end])
}

/** Of so many lines as may fit where all do not. */
function piecesOf(end: number, start = 0): [number, number][] {
  const count = Math.max(0, Math.ceil((end - start) / PIECE_LINES))
  return Array.from({ length: count }, (_, at): [number, number] => {
    const from = start + at * PIECE_LINES
    return [from, Math.min(from + PIECE_LINES, end) - 1]
  })
}

/** The largest definition of a readable length that holds a line, or the lines around it. */
function rangeAround(at: number, definitions: readonly Definition[]): [number, number] {
  const holding = definitions.find(({ start, end }) => start <= at && at <= end && end - start < LONGEST_DEFINITION)
  return holding ? [holding.start, holding.end] : [Math.max(0, at - AROUND), at + AROUND]
}

/** Lines stay where a mark in their place would be as long. */
function writeKept(lines: readonly string[], kept: ReadonlySet<number>): string {
  let text = ''
  let skipped: string[] = []
  const rest = () => {
    const mark = skipped.length === 0 ? '' : `${leftOut(skipped.length, 'lines')}\n`
    const own = skipped.join('')
    return own.length <= mark.length ? own : mark
  }
  for (const [at, line] of lines.entries()) {
    if (!kept.has(at)) skipped.push(`${line}\n`)
    else {
      text += `${rest()}${line}\n`
      skipped = []
    }
  }
  return text + rest()
}

function outline(definitions: readonly Definition[], room: number, count: CountTokens): string {
  const names = definitions.map(({ name, start }) => `${name} ${start + 1}`)
  if (names.length === 0) return ''
  const perName = count(names.join(', ')) / names.length
  const most = Math.min(MOST_NAMES, Math.floor(room / perName))
  const more = names.length > most ? `, and ${names.length - most} more` : ''
  return `Definitions and their lines: ${names.slice(0, most).join(', ')}${more}\n`
}
