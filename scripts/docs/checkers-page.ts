// The page docs/checkers.md, from the data; `pnpm vitest run docs/checkers.test.ts -u` writes it.
import { CHAINS, type Checker, SYNONYMS, type Table, TABLE } from '@loop-runner/checker-table'
import { quoteCommand } from '../../packages/cli-kit/src/processes/quote-command.ts'

const HEAD = `# The checkers that lr-check knows

Generated from \`packages/checker-table/src/checkers/\`. \`lr-check --explain NAME\` prints one as
\`lr.yaml\` could define it, with all its rules; \`lr-check --doctor\` says what would run here, which version it is, and how to
get what is missing.
`

const BY_TYPE = `
## What runs for a file type

Without \`-c\`, a command or checks in \`lr.yaml\`, the first checker of each row and part (between
semicolons) runs that is there: its program is installed, and so is the settings file without which it does nothing (in brackets).
A missing checker is reported on standard error. A type is known by the
extension, the name or the first line of a file.

| file type | checkers |
| --- | --- |
`

const ALL = `
## All of them

\`{files}\` are the sources of its types, all in one process (in one for each, where the column says so); \`{project}\` is
the nearest folder with the project file that it names. A program is looked for in the project (\`node_modules/.bin\`, \`.venv/bin\`), then on PATH.
An exit code that is in no column is *error*: the checker did not do its work. Rules on what it prints come before the
exit code (\`--explain\`): so a pass without a word of proof is *none*.

| name | kind | command | in a process | pass | fail | more |
| --- | --- | --- | --- | --- | --- | --- |
`

const INSTALL = `
## How to get them

| name | from |
| --- | --- |
`

/** All of docs/checkers.md. */
export function checkersPage(table: Table = TABLE): string {
  const checkers = Object.entries(table)
  const types = Object.entries(CHAINS).map(([type, chains]) => row([type, chains.map(writeChain).join('; ')]))
  const rows = checkers.map(([name, checker]) => row(cellsOf(name, checker)))
  const installs = checkers.map(([name, { install = 'built in' }]) => row([`\`${name}\``, install]))
  return HEAD + BY_TYPE + types.join('') + ALL + rows.join('') + INSTALL + installs.join('')
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`
}

function writeChain(chain: readonly string[]): string {
  const names = chain.map((name) => {
    const config = TABLE[name]?.config
    return config ? `\`${name}\` *(with ${config[0]}${config.length > 1 ? ' …' : ''})*` : `\`${name}\``
  })
  return names.join(', else ')
}

function cellsOf(name: string, checker: Checker): string[] {
  const { kind, command, target = 'files', project, exit } = checker
  const process = { files: 'all', each: 'one file', project: project ?? 'all' }[target]
  return [
    `\`${name}\``,
    kind,
    `\`${quoteCommand(command).replaceAll(/'(\{\w+\})'/g, '$1')}\``,
    process,
    exit.pass.join(' '),
    (exit.fail ?? []).join(' ') || 'by what it prints',
    remarksOf(name, checker).join('; '),
  ]
}

function remarksOf(name: string, { builtIn, command, files, fix, cache, counts, rating }: Checker): string[] {
  const synonyms = Object.entries(SYNONYMS).flatMap(([other, known]) => (known === name ? [`also \`${other}\``] : []))
  return [
    ...synonyms,
    ...(builtIn === undefined
      ? []
      : [command[0] === 'lr-check' ? 'built in' : 'built in where the program is not there']),
    ...(files ? [`of ${files.map((glob) => `\`${glob}\``).join(' ')}`] : []),
    ...(fix ? ['`--fix`'] : []),
    ...(cache ? ['`--cache`'] : []),
    ...(counts || rating ? ['a score of its own'] : []),
  ]
}
