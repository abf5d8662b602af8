import type { Checker } from './checker.ts'
import type { Summary, Suppression, Table, TableEntry } from './table-entry.ts'

/** Checkers by name, in the order in which they run and are listed. */
export type Checkers = Readonly<Record<string, Checker>>

/** The entries in the form that `lr.yaml` also uses, without `guard`. */
export function checkersOf(table: Table): Checkers {
  return Object.fromEntries(Object.entries(table).map(([name, entry]) => [name, withoutGuard(entry)]))
}

export function suppressionsOf(table: Table): Suppression[] {
  return Object.values(table).flatMap(({ types, guard }) =>
    (guard?.suppressions ?? []).map((suppression) => ({ types, ...suppression })),
  )
}

/** Patterns of the names of all files that configure a checker. */
export function settingNames(table: Table): string[] {
  return Object.values(table).flatMap(({ guard }) => guard?.settings ?? [])
}

export function summariesOf(table: Table): Summary[] {
  return Object.values(table).flatMap(({ guard }) => guard?.summary ?? [])
}

function withoutGuard(entry: TableEntry): Checker {
  const { guard, ...checker } = entry
  return guard === undefined ? entry : checker
}
