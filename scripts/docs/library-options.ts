import type { Option, OptionTable } from '@loop-runner/cli-kit'

/**
 * The TypeScript interface of a program's options, in camel case: `maxCost` for `--max-cost`.
 *
 * @param omitted options that print something else than a result
 */
export function writeOptionsInterface(
  name: string,
  program: string,
  table: OptionTable,
  omitted: readonly string[] = [],
): string {
  const fields = Object.entries(table)
    .filter(([option, { fileOnly }]) => !fileOnly && !OWN.has(option) && !omitted.includes(option))
    .flatMap(([option, definition]) => {
      const what = `\`--${option}\`: ${definition.describe.replaceAll('*/', '* /')}${defaultOf(definition)}`
      const others = definition.otherNames ?? []
      return [
        writeField(option, what, definition),
        ...others.map((other) => writeField(other, `The same as \`${keyOf(option)}\``, definition)),
      ]
    })
  return `/** The options of \`${program}\` for programs. Written by a test from the option table: do not edit. */\nexport interface ${name} {\n${fields.join('\n')}\n}\n`
}

function writeField(option: string, what: string, definition: Option): string {
  return `  /** ${what}. */\n  readonly ${keyOf(option)}?: ${typeOf(definition)} | undefined`
}

function keyOf(option: string): string {
  return option.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}

/** What the library sets itself, and what only prints something. */
const OWN = new Set([
  'json',
  'json-events',
  'help',
  'version',
  'show-config',
  'print-command',
  'directory',
  'heartbeat',
  'debug',
])

function typeOf(option: Option): string {
  switch (option.type) {
    case 'flag':
      return 'boolean'
    case 'list':
      return 'readonly string[]'
    case 'command':
      return 'string'
    case 'number':
    case 'integer':
      return 'number'
    case 'duration':
      return 'string | number'
    case 'choice':
      return option.choices.map((choice) => `'${choice}'`).join(' | ')
    case 'text':
      return option.bare === undefined ? 'string' : 'string | true'
  }
}

function defaultOf(option: Option): string {
  const value = 'default' in option ? option.default : undefined
  return value === undefined || String(value) === '' ? '' : ` (default: ${String(value)})`
}
