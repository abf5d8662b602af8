import { matchesFrom } from './compared-operands.ts'
import type { TestText } from './find-tests.ts'
import { elementsOf, type Span } from './skeleton.ts'

/** A table of cases, and the names that a test gives its columns. */
interface Table {
  readonly names: string
  /** Where its bracket opens. */
  readonly start: number
}

/**
 * The column of a table that a test compares: of `parametrize`, of `each` with a function, of loops over a list that stands there or
 * has a name in the file.
 *
 * @param isColumn whether a name is that of an expected value
 */
export function tabledIn(file: TestText, part: Span, isColumn: (name: string) => boolean): Span[] {
  return [...decorated(file, part), ...looped(file, part)].flatMap(({ names, start }) => {
    const column = names.split(',').findIndex((name) => isColumn(name.replaceAll(/\W/g, '')))
    if (column < 0) return []
    const rows = elementsOf(file.skeleton, start)?.elements ?? []
    return rows.flatMap((row) => elementsOf(file.skeleton, row.start)?.elements[column] ?? [])
  })
}

function decorated(file: TestText, part: Span): Table[] {
  const { text, skeleton, language } = file
  const within = skeleton.slice(0, part.end)
  const head = language === 'python' ? /\bparametrize\s*(?=\()/g : /\.(?:each|for)\s*(?=\()/g
  return matchesFrom(head, within, part.start).flatMap(({ end }) => {
    const list = elementsOf(within, end)
    const [first, second] = list?.elements ?? []
    if (!list || !first) return []
    return language === 'python'
      ? tableAt(file, text.slice(first.start, first.end), second)
      : tableAt(file, parametersOf(text.slice(list.end, part.end)), first)
  })
}

/** Loops within the test, and those that hold it. */
function looped(file: TestText, part: Span): Table[] {
  const { skeleton, language } = file
  if (language === 'python')
    return matchesFrom(
      /\bfor\s+(?<names>[\w\s,()]+?)\s+in\s+(?=[\w([])/g,
      skeleton.slice(0, part.end),
      part.start,
    ).flatMap(({ groups, end }) => tableAt(file, groups['names'] ?? '', { start: end, end: skeleton.length }))
  const loops = /\bfor\s*\(\s*(?:const|let|var)\s*\[(?<names>[\w\s,]*)\]\s*of\s+(?=[\w[])/g
  const calls = /(?<=(?<table>[\w\]]+))\s*\.forEach\s*\(\s*\(?\s*(?:function\s*\w*\()?\(?\[(?<names>[\w\s,]*)\]/g
  const isNear = (start: number) => start < part.end && (start >= part.start || endOf(skeleton, start) >= part.end)
  return [
    ...matchesFrom(loops, skeleton, 0)
      .filter(({ end }) => isNear(end))
      .flatMap(({ groups, end }) => tableAt(file, groups['names'] ?? '', { start: end, end: skeleton.length })),
    ...[...skeleton.matchAll(calls)]
      .filter(({ index }) => isNear(index))
      .flatMap(({ groups = {} }) => named(file, groups['names'] ?? '', groups['table'] ?? '')),
  ]
}

/** Where the call or the body of a loop ends that begins near a place. */
function endOf(skeleton: string, start: number): number {
  const open = /[({]/.exec(skeleton.slice(start))
  const end = open === null ? undefined : elementsOf(skeleton, start + open.index)?.end
  return end ?? start
}

function tableAt(file: TestText, names: string, place: Span | undefined): Table[] {
  if (!place) return []
  if (/[[(]/.test(file.skeleton[place.start] ?? '')) return [{ names, start: place.start }]
  return named(file, names, /^\w+/.exec(file.skeleton.slice(place.start, place.end))?.[0] ?? '')
}

/** A list to which the file gives a name. */
function named({ skeleton }: TestText, names: string, name: string): Table[] {
  if (!/^[a-z_]\w*$/i.test(name)) return []
  const found = new RegExp(String.raw`^\s*(?:const\s+|let\s+|var\s+)?${name}\s*(?::[^=\n]*)?=\s*(?=[[(])`, 'm').exec(
    skeleton,
  )
  return found ? [{ names, start: found.index + found[0].length }] : []
}

function parametersOf(call: string): string {
  return /\(\s*\[?([\w\s,]*)\]?\s*\)\s*=>|function\s*\w*\s*\(([\w\s,]*)\)/.exec(call)?.slice(1).join('') ?? ''
}
