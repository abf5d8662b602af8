import type { Trust } from './trusted-files.ts'
import { isObject } from '../is-object.ts'

/** Keys from the top of a file down to a value; numbers are places in lists. */
export type KeyPath = readonly (string | number)[]

/** Found in the working directory or in one above it, named by the user, or the user's own for everything. */
export type FileOrigin = 'here' | 'above' | 'named' | 'own'

/** A mapping of settings as read, not yet judged: a whole configuration file, or one profile of it. */
export interface ConfigFile {
  /** Absolute. */
  readonly path: string
  /** The profile that this is; undefined for the file itself. */
  readonly profile: string | undefined
  readonly origin: FileOrigin
  /** Whether its options that need trust may be used; asked for only where it has one. */
  readonly trust: () => Trust
  readonly keys: Readonly<Record<string, unknown>>
  /** The same, with every number as it is written: a branch `1.10` is no `1.1`. */
  readonly texts: Readonly<Record<string, unknown>>
  /** Where a key stands, counted from 1; where it is not there, the nearest key above it. */
  readonly find: (keys: KeyPath) => { readonly line: number; readonly column: number }
}

/** Whether a key at the top of a file or profile is for scripts of the user: no program of ours reads it. */
export function isUsersOwn(key: string): boolean {
  return key.startsWith('x-')
}

/** `lr.yaml:3:1`, as editors and compilers write it. */
export function placeOf(file: ConfigFile, keys: KeyPath): string {
  const { line, column } = file.find(keys)
  return `${file.path}:${line}:${column}`
}

/** A profile of a file as a file of its own; undefined where it has none of that name. */
export function profileOf(file: ConfigFile, name: string): ConfigFile | undefined {
  const keys = childOf(childOf(file.keys, 'profiles'), name)
  if (keys === undefined) return undefined
  return {
    ...file,
    profile: name,
    keys: isObject(keys) ? keys : {},
    texts: childMapping(childMapping(file.texts, 'profiles'), name),
    find: (path) => file.find(['profiles', name, ...path]),
  }
}

/** The names of a file's profiles. */
export function profilesOf(file: ConfigFile): string[] {
  return Object.keys(childMapping(file.keys, 'profiles'))
}

/** The value of a key that a mapping itself has. */
export function childOf(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

function childMapping(value: unknown, key: string): Readonly<Record<string, unknown>> {
  const child = childOf(value, key)
  return isObject(child) ? child : {}
}
