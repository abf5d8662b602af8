import { expect, test } from 'vitest'
import { isForFiles, keysOfOption, type Option, type OptionTable, sectionOf } from '@loop-runner/cli-kit'
import { readCatalogue } from '../../scripts/build/read-catalogue.ts'

const catalogue = await readCatalogue()

test('configuration-keys.md has every key', async () => {
  const sections = Object.entries(catalogue).map(([program, { options }]) => sectionPage(program, options))
  const page = `# Keys of lr.yaml

Made from the programs' options by a test. \`../configuration.md\` explains how they are used. Where a text is taken, a number
will do too; a time is a number of seconds, or one with \`ms\`, \`s\`, \`m\` or \`h\`.

${sections.join('\n')}`
  await expect(page).toMatchFileSnapshot('./configuration-keys.md')
})

test('a name that several programs have is of one kind', () => {
  const tables = Object.values(catalogue).map(({ options }) => options)
  for (const name of new Set(tables.flatMap((options) => Object.keys(options)))) {
    const same = tables.flatMap((options) => options[name] ?? []).filter(({ commandLineOnly }) => !commandLineOnly)
    expect(new Set(same.map(({ type }) => type)).size, name).toBeLessThanOrEqual(1)
  }
})

test('another name of an option is no option of the same program', () => {
  for (const { options } of Object.values(catalogue)) {
    const others = Object.values(options).flatMap(({ otherNames = [] }) => otherNames)
    expect(others.filter((name, at) => Object.hasOwn(options, name) || others.indexOf(name) !== at)).toEqual([])
  }
})

function sectionPage(program: string, options: OptionTable): string {
  const all = Object.entries(options)
  const rows = all.filter(([, option]) => isForFiles(option)).map(([name, option]) => keyRow(name, option))
  const trusted = all.filter(([, option]) => isForFiles(option) && option.needsTrust)
  const others = all.filter(([, option]) => !isForFiles(option)).map(([name]) => `\`--${name}\``)
  return `## ${sectionOf(program)} (${program})

| key | value | default | what it says |
| --- | --- | --- | --- |
${rows.join('\n')}
${trustLine(trusted)}
Not in a file: ${others.join(', ')}.
`
}

function trustLine(options: readonly (readonly [string, Option])[]): string {
  if (options.length === 0) return ''
  const words = options.map(([name, option]) => {
    const values = Array.isArray(option.needsTrust) ? ` (${option.needsTrust.join(', ')})` : ''
    return `\`${keysOfOption(name, option).join('.')}\`${values}`
  })
  return `\nOnly in a file that you trust (\`lr-loop trust\`): ${words.join(', ')}.\n`
}

function keyRow(name: string, option: Option): string {
  const value = 'default' in option && option.default !== undefined ? `\`${String(option.default)}\`` : ''
  const cells = [
    `\`${keysOfOption(name, option).join('.')}\``,
    valueWords(option),
    value,
    option.describe + alsoNamed(option),
  ]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

function alsoNamed({ otherNames }: Option): string {
  return otherNames === undefined ? '' : ` (also ${otherNames.map((name) => `\`${name}\``).join(', ')})`
}

function valueWords(option: Option): string {
  switch (option.type) {
    case 'flag':
      return '`true`, `false`'
    case 'choice':
      return option.choices.map((choice) => `\`${choice}\``).join(', ')
    case 'list':
      return 'a list of texts, or one'
    case 'command':
      return 'a line, or a list of words'
    case 'duration':
      return 'a time'
    case 'integer':
    case 'number':
      return `a ${option.type === 'integer' ? 'whole ' : ''}number${rangeWords(option)}`
    case 'text':
      return 'a text'
  }
}

function rangeWords({ min, max }: { readonly min?: number; readonly max?: number }): string {
  if (min === undefined) return max === undefined ? '' : ` up to ${max}`
  return max === undefined ? ` from ${min}` : ` from ${min} to ${max}`
}
