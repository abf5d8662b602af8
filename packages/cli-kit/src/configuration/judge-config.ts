import { type Catalogue, isOptionName } from '../options/catalogue.ts'
import { isSecretName } from '../processes/child-environment.ts'
import { type ConfigFile, isUsersOwn, type KeyPath, placeOf } from './config-file.ts'
import { complaint, complaintOfTrust, judgeValue, KEY_ADVICE } from './judge-value.ts'
import { nearest } from '../options/nearest.ts'
import { type OptionTable, tableName } from '../options/option.ts'
import { isForFiles, sectionOf, writeKeys } from '../options/option-keys.ts'
import { isObject } from '../is-object.ts'

const ELSEWHERE = 'see docs/configuration.md'

/** Which programs' options are judged; the sections of others may hold anything. */
interface Scope {
  readonly file: ConfigFile
  readonly catalogue: Catalogue
  readonly programs: readonly string[]
}

/**
 * What is wrong with a configuration file, or a profile of it, one line each with its place: keys that no program knows,
 * and values of these programs' options that do not fit. Values of profiles are judged with the profile.
 */
export function* judgeConfig(
  file: ConfigFile,
  catalogue: Catalogue,
  programs: readonly string[],
): Generator<string, void> {
  const scope = { file, catalogue, programs }
  for (const [key, value] of Object.entries(file.texts)) {
    if (isUsersOwn(key)) continue
    const program = `lr-${key}`
    const keys = catalogue[program]
    if (key === 'profiles' && file.profile === undefined) yield* judgeProfiles(value, file)
    else if (keys && Object.hasOwn(catalogue, program)) yield* judgeSection(program, keys.options, value, scope)
    else yield* judgeShared(key, value, scope)
  }
}

function* judgeProfiles(profiles: unknown, file: ConfigFile): Generator<string, void> {
  if (!isObject(profiles ?? {})) yield complaint(file, ['profiles'], 'expected a mapping (NAME: { KEY: VALUE })')
  else {
    for (const [name, value] of Object.entries(profiles ?? {})) {
      if (!isObject(value ?? {}))
        yield complaint(file, ['profiles', name], 'expected a mapping of options (KEY: VALUE)')
    }
  }
}

function* judgeSection(program: string, table: OptionTable, value: unknown, scope: Scope): Generator<string, void> {
  const section = sectionOf(program)
  if (value === null) return
  if (!isObject(value)) {
    const ofLoop = scope.catalogue['lr-loop']?.options ?? {}
    const name = tableName(section, ofLoop)
    const where = name === undefined ? undefined : `"${ofLoop[name]?.group ?? 'loop'}"`
    const advice =
      name === undefined ? '' : ` (the option ${name} of lr-loop belongs under ${where}${orCommand(name, ofLoop)})`
    yield complaint(scope.file, [section], `expected a mapping of the options of ${program}${advice}`)
  } else if (scope.programs.includes(program)) {
    for (const [key, entry] of Object.entries(value)) yield* judgeEntry([section, key], entry, table, scope.file)
  }
}

/** A key of a section: an option, or a group of options. */
function* judgeEntry(keys: KeyPath, value: unknown, table: OptionTable, file: ConfigFile): Generator<string, void> {
  const name = String(keys.at(-1))
  const option = table[tableName(name, table) ?? '']
  const group = Object.entries(table).filter(([, { group }]) => group === name)
  if (group.length > 0) yield* judgeGroup(keys, value, Object.fromEntries(group), file)
  else if (!option) yield unknownKey(file, keys, namesIn(table), `see lr-${String(keys[0])} --help`)
  else if (option.group !== undefined)
    yield complaint(file, keys, `stands under "${option.group}"${orCommand(name, table)}`)
  else yield* judgeValue(keys, value, option, file)
}

/** Who writes "check" for a stage's own command means another key. */
function orCommand(name: string, table: OptionTable): string {
  return Object.hasOwn(table, `${name}-command`) ? `; the command itself is ${name}-command` : ''
}

function* judgeGroup(keys: KeyPath, value: unknown, table: OptionTable, file: ConfigFile): Generator<string, void> {
  if (value === null) return
  if (!isObject(value)) yield complaint(file, keys, `expected a mapping, with ${Object.keys(table).join(', ')}`)
  else {
    for (const [name, entry] of Object.entries(value)) {
      const option = Object.hasOwn(table, name) ? table[name] : undefined
      if (option) yield* judgeValue([...keys, name], entry, option, file)
      else yield unknownKey(file, [...keys, name], [], `one of ${Object.keys(table).join(', ')}`)
    }
  }
}

/** A key at the top that is no section: for every program that knows it. */
function* judgeShared(key: string, value: unknown, scope: Scope): Generator<string, void> {
  const { file, catalogue, programs } = scope
  const isOwnKey = Object.values(catalogue).some(({ ownKeys }) => ownKeys.includes(key))
  const owners = ownersOf(key, catalogue)
  const served = owners.filter(([program]) => programs.includes(program))
  if (programs.some((program) => catalogue[program]?.trustedKeys.includes(key))) yield* complaintOfTrust(file, [key])
  if (isOwnKey && (isObject(value) || owners.length === 0)) return
  if (owners.length === 0) yield* judgeStranger(key, value, scope)
  else yield* new Set(served.flatMap(([, { options }]) => [...judgeEntry([key], value, options, file)]))
}

/** The programs whose options a key at the top sets: by their names, or by another name that is no option's own. */
function ownersOf(key: string, catalogue: Catalogue): [string, Catalogue[string]][] {
  const isOwn = isOptionName(key, catalogue)
  return Object.entries(catalogue).filter(([, { options }]) => {
    const other = options[tableName(key, options) ?? '']
    return namesIn(options).includes(key) || (!isOwn && other !== undefined && isForFiles(other))
  })
}

/** A key at the top that a file cannot say to any program. */
function* judgeStranger(key: string, value: unknown, { file, catalogue }: Scope): Generator<string, void> {
  const tables = Object.values(catalogue).map(({ options }) => options)
  const option = tables.find((table) => Object.hasOwn(table, key))?.[key]
  if (option) yield* judgeValue([key], value, option, file)
  else {
    const sections = Object.keys(catalogue).map(sectionOf)
    const ownKeys = Object.values(catalogue).flatMap((program) => program.ownKeys)
    yield unknownKey(file, [key], [...tables.flatMap(namesIn), ...ownKeys, ...sections, 'profiles'], ELSEWHERE)
  }
}

/** The names under which a section or the top may hold these options: a group stands for its members. */
function namesIn(table: OptionTable): string[] {
  const names = Object.entries(table).flatMap(([name, option]) => (isForFiles(option) ? [option.group ?? name] : []))
  return [...new Set(names)]
}

/** @param elsewhere where to look, when no known key is near */
function unknownKey(file: ConfigFile, keys: KeyPath, known: readonly string[], elsewhere: string): string {
  const name = String(keys.at(-1))
  const near = nearest(name, known)
  const hint = near === undefined ? elsewhere : `did you mean "${near}"?`
  return `${placeOf(file, keys)}: unknown key "${writeKeys(keys)}" (${isSecretName(name) ? KEY_ADVICE : hint})`
}
