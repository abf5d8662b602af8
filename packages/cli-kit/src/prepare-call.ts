import { type Catalogue, keysOf, readCatalogue } from './options/catalogue.ts'
import { UsageError } from './command-error.ts'
import type { ConfigFile } from './configuration/config-file.ts'
import { findConfiguration } from './configuration/find-configuration.ts'
import type { Io } from './io.ts'
import { terminalColumns } from './streams/is-terminal.ts'
import { nearestName } from './options/nearest.ts'
import { COMMON_OPTIONS, onCommandLine, type OptionTable } from './options/option.ts'
import { type Arguments, parseArguments } from './options/parse-arguments.ts'
import type { Call, Command, Program } from './program.ts'
import { expandHelp, selectCommand } from './select-command.ts'
import { resolveSettings, type Setting, showSettings } from './configuration/settings.ts'
import { VERSION } from './version.ts'
import { PRINT_COMMAND, writeCommand } from './configuration/write-command.ts'

type Common = Call<Record<string, never>>['options']

/** What a command line asks for: a text to print, such as the help, or a command to run. */
type Prepared =
  | { readonly print: string }
  | { readonly command: Command<never>; readonly call: { readonly options: Common } }

/**
 * Resolves a command line to a call.
 *
 * @throws UsageError for anything wrong with it, with the environment or with a configuration file
 */
export async function prepareCall(given: Program, words: readonly string[], io: Io): Promise<Prepared> {
  const argv = expandHelp(given, words)
  const program = await withCompletion(given, argv)
  if (argv[0] === '--get-completions') {
    const { complete } = await import('./completion/complete.ts')
    return { print: await complete(program, argv.slice(1), io) }
  }
  const { name, command, rest } = selectCommand(program, argv)
  const columns = terminalColumns(io.env)
  if (!command) return prepareWithoutCommand(program, rest, columns)
  const table: OptionTable = { ...(command.options as OptionTable), ...COMMON_OPTIONS }
  const typed = takeOperands(command, parseArguments(rest, onCommandLine(table), command.takesCommand !== undefined))
  if (typed.options.has('help')) return { print: await helpText(program, name, command, columns) }
  if (typed.options.has('version')) return { print: `${program.name} ${VERSION}\n` }
  const sources = { program: program.name, typed: typed.options, env: io.env }
  // As it is now: -C moves us elsewhere before the files are read again.
  const { cwd } = io
  const read = async () => {
    const configFiles = await findConfiguration(sources, cwd)
    if (command.needs !== 'nothing') await judgeFiles(program, command, configFiles)
    const settings = resolveSettings(table, { ...sources, files: configFiles })
    return { configFiles, settings }
  }
  const { configFiles, settings } = await read()
  if (typed.options.has('show-config')) {
    await command.fileKeys?.judge(configFiles)
    return { print: showSettings(command.options, settings) }
  }
  if (typed.options.has(PRINT_COMMAND)) return { print: writeCommand(name, command, table, settings) }
  const toCall = (now: Awaited<ReturnType<typeof read>>) => ({
    ...makeCall({ ...command, usage: `${name} ${command.usage}` }, typed, now.settings, now.configFiles),
    readAgain: async () => toCall(await read()),
  })
  return { command, call: toCall({ configFiles, settings }) }
}

/**
 * The program with its command `completion`. A program without commands has it only where the name of a shell follows:
 * `completion` may be a file or a prompt.
 */
async function withCompletion(program: Program, argv: readonly string[]): Promise<Program> {
  const isAsked = argv.includes('completion')
  if (!program.commands && !isAsked) return program
  const { completionCommand, SHELLS } = await import('./completion/completion-command.ts')
  const names = argv[0] === '--get-completions' || SHELLS.some((shell) => shell === argv.at(-1))
  if (!program.commands && !names) return program
  return { ...program, commands: { ...program.commands, completion: completionCommand } }
}

/** What was typed, with operands and what followed `--` as values of the options that they stand for. */
function takeOperands({ operands, takesCommand }: Command<never>, typed: Arguments): Arguments {
  const options = new Map(typed.options)
  if (operands?.option !== undefined && typed.operands.length > 0) options.set(operands.option, typed.operands)
  if (typeof takesCommand === 'string' && typed.rest) options.set(takesCommand, typed.rest)
  return { ...typed, options }
}

/** @throws UsageError for the first thing that is wrong with them */
async function judgeFiles(program: Program, { needs }: Command<never>, files: readonly ConfigFile[]): Promise<void> {
  if (files.length === 0) return
  const { judgeConfig } = await import('./configuration/judge-config.ts')
  // Our own complaints come first where a key is wrong for several programs.
  const catalogue: Catalogue = { [program.name]: keysOf(program), ...readCatalogue() }
  const programs = needs === 'all' ? Object.keys(catalogue) : [program.name]
  for (const file of files) {
    for (const problem of judgeConfig(file, catalogue, programs)) throw new UsageError(problem)
  }
}

async function prepareWithoutCommand(program: Program, rest: readonly string[], columns: number): Promise<Prepared> {
  const names = Object.keys(program.commands ?? {})
  const typed = parseArguments(rest, COMMON_OPTIONS)
  const { programHelp } = await import('./options/help.ts')
  if (typed.options.has('help')) return { print: programHelp(program, columns) }
  if (typed.options.has('version')) return { print: `${program.name} ${VERSION}\n` }
  const [word] = typed.operands
  if (word === undefined) throw new UsageError(`which command? ${names.join(', ')} (see --help)`)
  const near = nearestName(word, names)
  throw new UsageError(
    `unknown command "${word}"${near === undefined ? `: known are ${names.join(', ')}` : `: did you mean ${near}?`}`,
  )
}

async function helpText(program: Program, name: string, command: Command<never>, columns: number): Promise<string> {
  const { commandHelp, programHelp } = await import('./options/help.ts')
  return name === program.name && program.commands ? programHelp(program, columns) : commandHelp(name, command, columns)
}

function makeCall(
  command: Command<never>,
  typed: Arguments,
  settings: ReadonlyMap<string, Setting>,
  configFiles: readonly ConfigFile[],
) {
  const operands = command.takesCommand ? typed.operands : [...typed.operands, ...(typed.rest ?? [])]
  checkOperands(command, operands)
  return {
    options: Object.fromEntries([...settings].map(([name, { value }]) => [name, value])) as unknown as Common,
    operands,
    typed: new Set(typed.options.keys()),
    command: command.takesCommand ? typed.rest : undefined,
    configFiles,
  }
}

function checkOperands(
  { operands: { min = 0, max = 0, instead } = {}, usage }: Command<never>,
  operands: readonly string[],
): void {
  const surplus = operands[max]
  if (surplus !== undefined) throw new UsageError(`unexpected operand "${surplus}" (${instead ?? `usage: ${usage}`})`)
  if (operands.length < min) throw new UsageError(`missing operand (usage: ${usage})`)
}
