import { findConfiguration } from '../configuration/find-configuration.ts'
import type { Io } from '../io.ts'
import { COMMON_OPTIONS, onCommandLine, type Option, type OptionTable } from '../options/option.ts'
import { parseArguments } from '../options/parse-arguments.ts'
import type { Command, Program } from '../program.ts'
import { selectCommand } from '../select-command.ts'
import { type CursorPlace, locateCursor } from './locate-cursor.ts'
import type { Complete, Completing, Suggestion, Suggestions } from './suggestions.ts'

/**
 * What may stand at the cursor of a command line, for a shell: a word a line, behind a tab what it means; then a line that
 * says what the shell itself is to complete: `:files`, `:folders`, `:commands` or `:nothing`.
 *
 * @param argv the words behind the program's name; the last is the one at the cursor, up to the cursor
 */
export async function complete(program: Program, argv: readonly string[], io: Io): Promise<string> {
  const [words, current] = [argv.slice(0, -1), argv.at(-1) ?? '']
  const { command, rest } = selectCommand(program, words)
  const isMain = command === program.main
  const table = onCommandLine({ ...(command?.options as OptionTable | undefined), ...COMMON_OPTIONS })
  const place = locateCursor(rest, current, table)
  const typed = parseWhatIsThere(rest, table)
  const value = place.kind === 'value' ? place.value : current
  const completing = makeCompleting(program, typed, value, io)
  const found = await suggestionsFor(place, command, completing)
  const commands = place.kind === 'operand' && isMain && typed.operands.length === 0 ? commandNames(program) : []
  if (place.kind === 'option') return write(optionNames(table, typed.options), current, '', 'nothing')
  const before = place.kind === 'value' ? place.before : ''
  if (place.kind !== 'value' || place.typed.option.type !== 'list') return write(commands, current, before, found)
  // A list may stand in one word, separated by commas.
  const comma = value.lastIndexOf(',') + 1
  return write([], current, before + value.slice(0, comma), found)
}

async function suggestionsFor(
  place: CursorPlace,
  command: Command<never> | undefined,
  completing: Completing,
): Promise<Suggestions> {
  if (place.kind === 'value') return resolve(place.typed.option.complete ?? defaultOf(place.typed.option), completing)
  if (place.kind === 'operand' || (place.kind === 'rest' && !command?.takesCommand)) {
    const { operands } = command ?? {}
    return operands === undefined ? 'nothing' : resolve(operands.complete ?? 'files', completing)
  }
  return place.kind === 'rest' && place.index === 0 ? 'commands' : 'files'
}

function resolve(complete: Complete, completing: Completing): Suggestions | Promise<Suggestions> {
  return typeof complete === 'function' ? complete(completing) : complete
}

/** What the type and the placeholder of an option say about its value. */
function defaultOf(option: Option): Suggestions {
  if (option.type === 'choice') return option.choices
  if (option.type === 'command') return 'commands'
  if (option.placeholder === 'DIR' || option.placeholder === 'FOLDER') return 'folders'
  return option.placeholder === 'FILE' || option.placeholder === 'PATH' ? 'files' : 'nothing'
}

function makeCompleting(
  { name: program }: Program,
  { options, operands }: ReturnType<typeof parseWhatIsThere>,
  word: string,
  io: Io,
): Completing {
  const readConfigFiles = () => findConfiguration({ program, typed: options, env: io.env }, io.cwd).catch(() => [])
  return { word: word.slice(word.lastIndexOf(',') + 1), typed: options, operands, readConfigFiles, io }
}

/** The options and operands before the cursor; the last option may still lack its value. */
function parseWhatIsThere(words: readonly string[], table: OptionTable) {
  for (const argv of [words, words.slice(0, -1)]) {
    try {
      return parseArguments(argv, table)
    } catch {
      // A shell asks at any moment of the typing.
    }
  }
  return parseArguments([], table)
}

function commandNames({ commands = {} }: Program): Suggestion[] {
  return Object.entries(commands).map(([name, { summary }]) => [name, summary])
}

/** Those that may still be given; of short ones only what is not the same as a long one is worth a line, so none. */
function optionNames(table: OptionTable, typed: ReadonlyMap<string, unknown>): Suggestion[] {
  return Object.entries(table)
    .filter(([name, { type }]) => type === 'list' || !typed.has(name))
    .map(([name, { describe }]) => [`--${name}`, describe])
}

function write(own: readonly Suggestion[], current: string, before: string, found: Suggestions): string {
  const words = typeof found === 'string' ? own : [...own, ...found]
  const lines = words
    .map((word) => (typeof word === 'string' ? [word, ''] : word))
    .filter(([word = '']) => `${before}${word}`.startsWith(current) && !/[\n\t]/.test(word))
    .map(([word, meaning = '']) => `${before}${word}\t${meaning.replaceAll(/\s+/g, ' ')}`)
  return [...lines, `:${typeof found === 'string' ? found : 'nothing'}`, ''].join('\n')
}
