// The manual page of a program, from the same tables as its help.
import { optionNotes, sectionsOf } from '../../packages/cli-kit/src/options/help.ts'
import { COMMON_OPTIONS, type Option, type OptionTable } from '../../packages/cli-kit/src/options/option.ts'
import type { Command, Program } from '../../packages/cli-kit/src/program.ts'

/**
 * roff for `man/NAME.1`, with a section for each command.
 *
 * @param programs the names of all programs, for SEE ALSO
 */
export function manPage(
  { name, main, summary, commands = {} }: Program,
  version: string,
  programs: readonly string[],
): string {
  const about = main?.summary ?? summary ?? ''
  const lines = [
    `.TH ${name.toUpperCase()} 1 "" "loop-runner ${version}" "Loop Runner"`,
    '.SH NAME',
    `${escape(name)} \\- ${escape(about.replace(/\.$/, ''))}`,
    '.SH SYNOPSIS',
    ...[
      ...(main ? [main.usage] : []),
      ...Object.entries(commands).map(([word, { usage }]) => `${word} ${usage}`),
    ].flatMap((usage) => [`.B ${escape(name)}`, escape(usage), '.br']),
    '.SH DESCRIPTION',
    escape(about),
    ...(main ? commandBody(main) : []),
    ...Object.entries(commands).flatMap(([word, command]) => [
      `.SH COMMAND: ${word}`,
      escape(command.summary),
      ...commandBody(command),
    ]),
    '.SH COMMON OPTIONS',
    ...optionLines(COMMON_OPTIONS),
    '.SH SEE ALSO',
    programs
      .filter((other) => other !== name)
      .map((other) => `${escape(other)}(1)`)
      .join(', '),
  ]
  return `${lines.join('\n')}\n`
}

function commandBody({ options, details }: Command<never>): string[] {
  const table: OptionTable = options
  const sections = sectionsOf(table).flatMap((title) => {
    const inIt = Object.entries(table).filter(([, { section = 'Options' }]) => section === title)
    const rows = optionLines(Object.fromEntries(inIt))
    return rows.length === 0 ? [] : [`.SS ${escape(title)}`, ...rows]
  })
  return [...sections, '.PP', '.nf', escape(details.trim()), '.fi']
}

function optionLines(table: OptionTable): string[] {
  return Object.entries(table)
    .filter(([, { fileOnly }]) => !fileOnly)
    .flatMap(([name, option]) => [
      '.TP',
      `.B ${escape(leftOf(name, option))}`,
      escape(option.describe + optionNotes(option)),
    ])
}

function leftOf(name: string, option: Option): string {
  const short = option.alias === undefined ? '' : `-${option.alias}, `
  if (option.type === 'flag') return `${short}--${name}`
  const value = option.placeholder ?? 'VALUE'
  const isOptional = option.type === 'text' && option.bare !== undefined
  return `${short}--${name}${isOptional ? `[=${value}]` : ` ${value}`}`
}

/** Text as roff prints it: no line begins with a control character, hyphens stay hyphens. */
function escape(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('…', '...')
    .replaceAll(/^([.'])/gm, '\\&$1')
    .replaceAll('·', '\\(bu')
    .replaceAll(/[^\0-\x7f]/g, (char) => `\\[u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`)
}
