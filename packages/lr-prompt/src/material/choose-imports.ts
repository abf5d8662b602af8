import type { SourceFile } from '../evidence/evidence.ts'
import { collects, type Imported } from '../imports/follow-imports.ts'
import { definitionsIn } from './definitions.ts'
import { holdsCode } from './map-file.ts'

/** A name that more files define says little about which is meant, and so does a short one. */
const MOST_DEFINING = 3
const SHORTEST_NAME = 4
/** Of the room, what imports of imports leave. */
const FURTHER_SHARE = 0.5
/** If not all fit that the failing lines call, they share the room, and get this at least, in tokens. */
const LEAST_PART = 1000

/** What imports are chosen by. */
export interface ImportChoice {
  /** Whether the evidence names sources that are no tests. */
  readonly isTraced: boolean
  /** Words of the failing lines, and of the output. */
  readonly words: ReadonlySet<string>
  /** For all of them, in tokens. */
  readonly room: number
  readonly costOf: (file: SourceFile) => number
  /** What a part takes of the room that it is given; undefined if no parts may be shown. */
  readonly costOfPart: ((file: SourceFile, room: number) => number) | undefined
}

export interface ChosenImport {
  readonly path: string
  /** Of a file of which a part is shown, what it may take, in tokens. */
  readonly partRoom?: number
}

/**
 * Of what tests import: first what the failing lines call, by the name of the file or of what it defines; then files that tests
 * name themselves, and those that these collect, if none is called; what these import in turn, if the evidence does not name a
 * source. All within the room; if what is called does not fit, parts of it.
 */
export function chooseImports(imported: readonly Imported[], choice: ImportChoice): ChosenImport[] {
  const own = imported.filter(({ file }) => holdsCode(file))
  const called = new Set(calledFiles(own, choice.words))
  const isCalled = (one: Imported) => called.has(one)
  const near = own.filter(({ steps }) => steps <= 1)
  const direct = near.filter(({ isDirect }) => isDirect)
  const collected = near.filter(({ isDirect }) => !isDirect)
  const calledCollected = collected.filter(isCalled)
  const first = [
    ...direct.filter(isCalled),
    ...(calledCollected.length > 0 ? calledCollected : collected),
    ...direct.filter((one) => !isCalled(one)),
  ]
  const further = choice.isTraced ? [] : furtherOf(own, new Set(first), called)
  return fitImports(first, further, called, choice)
}

/** What chosen files import of the near ones, what is called, what called files import, and the rest, in this order. */
function furtherOf(own: readonly Imported[], first: ReadonlySet<Imported>, called: ReadonlySet<Imported>): Imported[] {
  const chosen = new Set([...filesOf(first)].filter(({ path }) => !collects(path)))
  const users = filesOf(called)
  const rank = (one: Imported) => {
    if (one.steps <= 1) return 0
    if (called.has(one)) return 1
    return isImportedBy(one, users) ? 2 : 3
  }
  const further = own.filter((one) => !first.has(one) && (one.steps > 1 || isImportedBy(one, chosen)))
  return further.toSorted((one, other) => rank(one) - rank(other))
}

function isImportedBy({ importers }: Imported, files: ReadonlySet<SourceFile>): boolean {
  return importers.some((file) => files.has(file))
}

function filesOf(imported: ReadonlySet<Imported>): ReadonlySet<SourceFile> {
  return new Set([...imported].map(({ file }) => file))
}

function fitImports(
  first: readonly Imported[],
  further: readonly Imported[],
  called: ReadonlySet<Imported>,
  { room: all, costOf, costOfPart }: ImportChoice,
): ChosenImport[] {
  const wanted = first.filter((one) => called.has(one))
  const areTooMany = wanted.reduce((sum, { file }) => sum + costOf(file), 0) > all
  const partRoom = Math.max(LEAST_PART, Math.floor(all / wanted.length))
  const users = filesOf(called)
  const isNear = (one: Imported) => first.includes(one) || isImportedBy(one, users)
  let room = all
  return [...first, ...further].flatMap((one) => {
    const { file, isDirect } = one
    const whole = costOf(file)
    const isPart = costOfPart !== undefined && areTooMany && called.has(one) && whole > partRoom
    const cost = isPart ? costOfPart(file, partRoom) : whole
    const limit = isNear(one) ? room : room - all * FURTHER_SHARE
    if (cost > limit && !(isDirect && room === all)) return []
    room -= cost
    return [{ path: file.path, ...(isPart && { partRoom }) }]
  })
}

/** Files whose name is among the words, or that define a name among them that few others define. */
function calledFiles(own: readonly Imported[], words: ReadonlySet<string>): Imported[] {
  const defining = new Map<string, Imported[]>()
  for (const one of own) {
    const names = new Set(definitionsIn(one.file.content).map(({ name }) => name))
    for (const name of names)
      if (name.length >= SHORTEST_NAME && words.has(name)) defining.set(name, [...(defining.get(name) ?? []), one])
  }
  const byName = new Set([...defining.values()].filter((files) => files.length <= MOST_DEFINING).flat())
  return own.filter((one) => words.has(stemOf(one.file.path)) || byName.has(one))
}

function stemOf(path: string): string {
  return (/([^/]+?)(?:\.\w+)+$/.exec(path)?.[1] ?? '').toLowerCase()
}
