import { COMMON_OPTIONS, type Option, type OptionTable } from './option.ts'
import type { Command, Program } from '../program.ts'

const INDENT = 2
const WIDEST_LEFT = 28

/** The help of a command, wrapped to `columns`. */
export function commandHelp(name: string, command: Command<never>, columns: number): string {
  return [
    `Usage: ${name} ${command.usage}\n`,
    wrap(command.summary, columns, 0),
    ...sectionsOf(command.options).flatMap((title) => optionSection(title, command.options, columns)),
    ...optionSection('Common options', inSection('Common options', COMMON_OPTIONS), columns),
    `${command.details.trim()}\n`,
  ].join('\n')
}

/** The help of a program with several commands. */
export function programHelp({ name, main, summary, commands = {} }: Program, columns: number): string {
  const names = Object.keys(commands)
  const width = Math.max(...names.map((command) => command.length)) + INDENT
  const rows = names.map((command) => {
    const text = wrap(commands[command]?.summary ?? '', columns, width + INDENT).trimEnd()
    return `${' '.repeat(INDENT)}${command.padEnd(width)}${text.trimStart()}\n`
  })
  const list = `Commands (see ${name} COMMAND --help):\n${rows.join('')}`
  if (main) return `${commandHelp(name, main, columns)}\n${list}`
  return [`Usage: ${name} COMMAND [options] …\n`, wrap(summary ?? '', columns, 0), list].join('\n')
}

/** The headings of a table's options, in the order of the table. */
export function sectionsOf(table: OptionTable): string[] {
  return [...new Set(Object.values(table).map(sectionOf))]
}

/** A table with all its options under one heading. */
function inSection(section: string, table: OptionTable): OptionTable {
  return Object.fromEntries(Object.entries(table).map(([name, option]) => [name, { ...option, section }]))
}

function sectionOf({ section = 'Options' }: Option): string {
  return section
}

function optionSection(title: string, table: OptionTable, columns: number): string[] {
  const rows = Object.entries(table)
    .filter(([, option]) => !option.fileOnly && sectionOf(option) === title)
    .map(([name, option]) => optionRow(name, option, columns))
  return rows.length === 0 ? [] : [`${title}:\n${rows.join('')}`]
}

function optionRow(name: string, option: Option, columns: number): string {
  const short = option.alias === undefined ? '    ' : `-${option.alias}, `
  const value = placeholderOf(option)
  const left = `${' '.repeat(INDENT)}${short}--${name}${value}`
  const right = wrap(option.describe + optionNotes(option), columns, WIDEST_LEFT + INDENT)
  if (left.length > WIDEST_LEFT) return `${left}\n${right}`
  return left.padEnd(WIDEST_LEFT + INDENT) + right.trimStart()
}

function placeholderOf(option: Option): string {
  const placeholder = option.placeholder ?? 'VALUE'
  if (option.type === 'flag') return ''
  return option.type === 'text' && option.bare !== undefined ? `[=${placeholder}]` : ` ${placeholder}`
}

/** What the help says about an option in addition, in parentheses: choices, default, other names. */
export function optionNotes(option: Option): string {
  const kinds = []
  if (option.type === 'choice') kinds.push(option.choices.join(', '))
  if (option.type === 'list') kinds.push('may be repeated')
  const value = option.type === 'flag' || option.type === 'command' ? undefined : option.default
  if (value !== undefined && String(value) !== '') kinds.push(`default: ${String(value)}`)
  if (option.otherNames) kinds.push(`also ${option.otherNames.map((name) => `--${name}`).join(', ')}`)
  return kinds.length === 0 ? '' : ` (${kinds.join('; ')})`
}

/** Text in lines of at most `columns`, each led in by `indent` blanks and ended by a newline. */
function wrap(text: string, columns: number, indent: number): string {
  const width = Math.max(20, columns - indent)
  let line = ''
  let result = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      result += `${' '.repeat(indent)}${line}\n`
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return `${result}${' '.repeat(indent)}${line}\n`
}
