import { UsageError } from './command-error.ts'
import type { ConfigFile } from './config-file.ts'
import { convertValue } from './convert-value.ts'
import { nearest } from './nearest.ts'
import type { Option, OptionTable } from './option.ts'
import type { Arguments } from './parse-arguments.ts'

/** A value and where it came from, for `--show-config`. */
export interface Setting {
  readonly value: unknown
  /** As written: a duration is still `2m`. Undefined where nothing sets it. */
  readonly written: unknown
  readonly origin: string
}

export interface Sources {
  /** `lr-llm`. */
  readonly program: string
  readonly typed: Arguments['options']
  readonly env: NodeJS.ProcessEnv
  /** Nearest first. */
  readonly files: readonly ConfigFile[]
  /** Options of any command of the program: its section serves them all. */
  readonly known: OptionTable
}

/**
 * The value of every option, from the first source that sets it: the command line, the environment (`LR_LLM_MODEL`,
 * then `LR_MODEL`), the configuration files (key `model` of the section `llm`, then `model` alone), the default.
 *
 * @throws UsageError naming the source of a value that does not fit
 */
export function resolveSettings(table: OptionTable, sources: Sources): Map<string, Setting> {
  for (const file of sources.files) rejectUnknownKeys(file, sectionOf(sources.program), sources.known)
  return new Map(Object.entries(table).map(([name, option]) => [name, resolve(name, option, sources)]))
}

function resolve(name: string, option: Option, sources: Sources): Setting {
  for (const [written, origin, where] of candidates(name, option, sources)) {
    if (written !== undefined && written !== null)
      return { value: convertValue(option, written, where), written, origin }
  }
  if (option.type === 'flag') return { value: false, written: false, origin: 'default' }
  const written = option.default
  if (written === undefined) return { value: option.type === 'list' ? [] : undefined, written, origin: 'not set' }
  return { value: convertValue(option, written, `option --${name}`), written, origin: 'default' }
}

function* candidates(name: string, option: Option, sources: Sources): Generator<[unknown, string, string]> {
  yield [sources.typed.get(name), 'command line', `option --${name}`]
  if (option.commandLineOnly) return
  for (const variable of variablesOf(sources.program, name)) {
    yield [sources.env[variable], `environment ${variable}`, `environment variable ${variable}`]
  }
  for (const file of sources.files) {
    const section = sectionKeys(file, sectionOf(sources.program))
    yield [section[name], file.path, `${file.path}: ${sectionOf(sources.program)}: ${name}`]
    const shared = file.keys[name]
    // A shared key may be another program's section (`check:` holds lr-check's options, and is an option of lr-loop).
    if (!isMapping(shared)) yield [shared, file.path, `${file.path}: ${name}`]
  }
}

function variablesOf(program: string, name: string): string[] {
  const upper = (text: string) => text.replaceAll('-', '_').toUpperCase()
  return [`${upper(program)}_${upper(name)}`, `LR_${upper(name)}`]
}

/** The section of a configuration file that holds a program's options: `llm` for `lr-llm`. */
function sectionOf(program: string): string {
  return program.replace(/^lr-/, '')
}

function sectionKeys(file: ConfigFile, section: string): Readonly<Record<string, unknown>> {
  const keys = file.keys[section]
  return isMapping(keys) ? keys : {}
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function rejectUnknownKeys(file: ConfigFile, section: string, table: OptionTable): void {
  for (const key of Object.keys(sectionKeys(file, section))) {
    if (table[key] && !table[key].commandLineOnly) continue
    const near = nearest(key, Object.keys(table))
    throw new UsageError(
      `${file.path}: ${section}: unknown option "${key}"${near === undefined ? '' : ` (did you mean "${near}"?)`}`,
    )
  }
}

/** The text of `--show-config`: one line an option, with where its value came from. */
export function showSettings(table: OptionTable, settings: ReadonlyMap<string, Setting>): string {
  const lines = [...settings].map(([name, { written, origin }]) => {
    const shown = written === undefined ? '' : table[name]?.secret ? '(hidden)' : JSON.stringify(written)
    return `${name}: ${shown}`.trimEnd().padEnd(40) + `  # ${origin}`
  })
  return `${lines.join('\n')}\n`
}
