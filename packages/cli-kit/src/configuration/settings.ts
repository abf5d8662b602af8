import { childOf, type ConfigFile, placeOf } from './config-file.ts'
import { convertValue } from '../options/convert-value.ts'
import { isOptionName, readCatalogue } from '../options/catalogue.ts'
import type { Option, OptionTable } from '../options/option.ts'
import { isForFiles, keysOfOption, sectionOf, writeKeys } from '../options/option-keys.ts'
import type { Arguments } from '../options/parse-arguments.ts'
import { UsageError } from '../command-error.ts'
import { isObject } from '../is-object.ts'

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
  /** The strongest first: profiles before what they are laid over. */
  readonly files: readonly ConfigFile[]
}

/** Variables that are named like an option of every program but are set for another purpose: lr-loop sets one for its stages. */
const OTHER_USES: ReadonlySet<string> = new Set(['LR_RUN_DIR', 'LR_DIRECTORY', 'LR_HELP', 'LR_VERSION'])

/** What a source says of an option. */
interface Candidate {
  readonly written: unknown
  readonly origin: string
  /** Names the source in an error. */
  readonly where: string
}

/**
 * The value of every option, from the first source that sets it: the command line, the environment (`LR_LLM_MODEL`,
 * then `LR_MODEL`), the configuration files (key `model` of the section `llm`, then `model` alone), the default.
 *
 * @throws UsageError naming the source of a value that does not fit
 */
export function resolveSettings(table: OptionTable, sources: Sources): Map<string, Setting> {
  return new Map(Object.entries(table).map(([name, option]) => [name, resolveSetting(name, option, sources)]))
}

export function resolveSetting(name: string, option: Option, sources: Sources): Setting {
  if (option.commandLineOnly) refuseVariables(name, sources)
  for (const { written, origin, where } of candidates(name, option, sources)) {
    if (written !== undefined && written !== null)
      return { value: convertValue(option, written, where), written, origin }
  }
  if (option.type === 'flag') return { value: false, written: false, origin: 'default' }
  const written = option.type === 'command' ? undefined : option.default
  if (written === undefined) return { value: option.type === 'list' ? [] : undefined, written, origin: 'not set' }
  return { value: convertValue(option, written, `option --${name}`), written, origin: 'default' }
}

function* candidates(name: string, option: Option, { program, typed, env, files }: Sources): Generator<Candidate> {
  yield { written: typed.get(name), origin: 'command line', where: option.fileOnly ? name : `option --${name}` }
  if (!option.commandLineOnly && !option.fileOnly) {
    for (const variable of variablesOfOption(program, name, option, env)) {
      const origin = `environment ${variable}`
      yield { written: valueIn(env, variable), origin, where: `environment variable ${variable}` }
    }
  }
  if (!isForFiles(option)) return
  for (const file of files) {
    for (const known of namesOf(name, option))
      yield fromFile(file, [sectionOf(program), ...keysOfOption(known, option)])
    for (const known of namesOf(name, option)) {
      const found = fromFile(file, keysOfOption(known, option))
      if (found.written !== undefined && meansAlone(known, name)) yield found
    }
  }
}

/** Another name of an option, without its program, means that option unless it is an option of its own somewhere. */
function meansAlone(known: string, name: string): boolean {
  return known === name || !isOptionName(known, readCatalogue())
}

function fromFile(file: ConfigFile, keys: readonly string[]): Candidate {
  const written = keys.reduce<unknown>(childOf, file.texts)
  // A mapping at the top is no value: `checkers` is an option of lr-check, and names what it defines.
  if (written === undefined || isObject(written)) return { written: undefined, origin: '', where: '' }
  const where = `${placeOf(file, keys)}: ${writeKeys(keys)}`
  return { written, origin: `${file.path}:${file.find(keys).line}`, where }
}

/** @throws UsageError for a variable of an option that only the command line may set: it would be ignored silently */
function refuseVariables(name: string, { program, env }: Sources): void {
  const [own, shared] = variablesOf(program, name)
  const isSet = (variable: string) => valueIn(env, variable) !== undefined && !OTHER_USES.has(variable)
  const variable = isSet(own) ? own : isSet(shared) && !isForOthers(name) ? shared : undefined
  if (variable === undefined) return
  throw new UsageError(`environment variable ${variable}: --${name} is for the command line only (unset it)`)
}

/** Whether another program takes the option from the environment: `LR_MAX_COST` is for lr-loop, and lr-stop ignores it. */
function isForOthers(name: string): boolean {
  return Object.values(readCatalogue()).some(({ options }) => options[name] && !options[name].commandLineOnly)
}

/** An empty variable is an unset one. */
function valueIn(env: NodeJS.ProcessEnv, variable: string): string | undefined {
  return env[variable] || undefined
}

/** The variables that set an option: its program's own ones, and those of all programs. */
function variablesOfOption(program: string, name: string, option: Option, env: NodeJS.ProcessEnv): string[] {
  const known = namesOf(name, option)
  const own = known.map((one) => variablesOf(program, one)[0])
  const shared = known.filter((one) => one === name || (valueIn(env, variablesOf(program, one)[1]) && isFree(one)))
  return [...own, ...shared.map((one) => variablesOf(program, one)[1])]
}

/** Whether a variable of all programs for another name of an option is no program's own: `LR_LLM_URL` is for `url` of lr-llm. */
function isFree(other: string): boolean {
  const catalogue = readCatalogue()
  const isOwn = Object.keys(catalogue).some((program) => other.startsWith(`${sectionOf(program)}-`))
  return !isOwn && !isOptionName(other, catalogue)
}

function namesOf(name: string, { otherNames = [] }: Option): string[] {
  return [name, ...otherNames]
}

/** The variable of one program, and that of all. */
function variablesOf(program: string, name: string): [string, string] {
  const upper = (text: string) => text.replaceAll('-', '_').toUpperCase()
  return [`${upper(program)}_${upper(name)}`, `LR_${upper(name)}`]
}

/** The text of `--show-config`: one line an option, with where its value came from. */
export function showSettings(table: OptionTable, settings: ReadonlyMap<string, Setting>): string {
  const lines = [...settings].map(([name, { written, origin }]) => {
    const shown = written === undefined ? '' : table[name]?.secret ? '(hidden)' : JSON.stringify(written)
    return `${name}: ${shown}`.trimEnd().padEnd(40) + `  # ${origin}`
  })
  return `${lines.join('\n')}\n`
}
