import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineCommand, ExitStatus, type Io, plural, reasonOf, UsageError } from '@loop-runner/cli-kit'
import { readResults, type TrialResult } from '../trial-result.ts'
import { COLUMNS, type Column, DEFAULT_COLUMNS, isColumn } from './columns.ts'
import { summarizeTrials, type TrialGroup } from './summarize-trials.ts'
import { type Table, writeCsv, writeMarkdown, writeText } from './write-tables.ts'

export const table = defineCommand({
  usage: '[options] [FILE…]',
  summary: 'Print the results of lr-eval run as a table.',
  options: {
    by: {
      type: 'list',
      default: ['model'],
      placeholder: 'NAME,…',
      describe: 'one row per case, label, trial or value of an option of lr-loop, such as model',
      commandLineOnly: true,
    },
    format: {
      type: 'choice',
      choices: ['text', 'markdown', 'csv', 'html'],
      default: 'text',
      placeholder: 'FORM',
      describe: 'output format; html has a chart of the shares',
      commandLineOnly: true,
    },
    columns: {
      type: 'list',
      default: DEFAULT_COLUMNS,
      placeholder: 'NAME,…',
      describe: `columns: ${Object.keys(COLUMNS).join(', ')}`,
      commandLineOnly: true,
    },
  },
  operands: { max: Infinity },
  needs: 'nothing',
  details: `
Reads FILE…, or standard input. share is the share of fixed trials, with its 95
% interval (Wilson); trials that could not run count as errors and are not part
of the share. calls, tokens, cost, seconds and bytes are means, or - if unknown.
If a trial has several results, the last one counts.

Exit codes: 0 every trial is fixed · 1 a trial is not fixed · 2 invalid usage,
or no results

  lr-eval table --by model,case results.jsonl
  lr-eval table --format html results.jsonl > table.html
`,
  async run({ options, operands }, io) {
    const by = namesIn(options.by)
    const columns = columnsOf(namesIn(options.columns))
    const results = await readAll(operands, io)
    requireKnown(by, results)
    const groups = summarizeTrials(results, by)
    const content = tableOf(by, columns, groups)
    await io.stdout.write(await write(options.format, content, groups))
    return results.every(({ verdict }) => verdict === 'fixed') ? ExitStatus.Yes : ExitStatus.No
  },
})

/** Names may be separated by commas, or given one by one. */
function namesIn(words: readonly string[]): string[] {
  return words.flatMap((word) => word.split(','))
}

function columnsOf(names: readonly string[]): Column[] {
  return names.map((name) => {
    if (!isColumn(name))
      throw new UsageError(`--columns: no column "${name}" (choose from ${Object.keys(COLUMNS).join(', ')})`)
    return name
  })
}

/** What results may be grouped by without having it. */
const ALWAYS = ['case', 'label', 'trial', 'model']

function requireKnown(by: readonly string[], results: readonly TrialResult[]): void {
  const known = new Set([...ALWAYS, ...results.flatMap(({ options }) => Object.keys(options))])
  const unknown = by.find((name) => !known.has(name))
  if (unknown !== undefined)
    throw new UsageError(`--by: no result has "${unknown}" (choose from ${[...known].join(', ')})`)
}

async function readAll(operands: readonly string[], io: Io): Promise<readonly TrialResult[]> {
  const texts = operands.length === 0 ? [await io.stdin.text()] : operands.map((file) => readText(file, io))
  // Each line says which trial it is of, so files of several machines are read as one.
  const { results, ignored } = readResults(texts.join('\n'))
  if (ignored.length > 0)
    io.warn(`${plural(ignored.length, 'line')} ignored: not a result (the first is line ${ignored[0]})`)
  if (results.length === 0) throw new UsageError('no results (give lines of lr-eval run)')
  return results
}

function readText(file: string, io: Io): string {
  try {
    return readFileSync(resolve(io.cwd, file), 'utf8')
  } catch (error) {
    throw new UsageError(`${file}: ${reasonOf(error)}`)
  }
}

function tableOf(by: readonly string[], columns: readonly Column[], groups: readonly TrialGroup[]): Table {
  return {
    headings: [...by, ...columns],
    rows: groups.map((group) => [...group.values, ...columns.map((column) => COLUMNS[column](group))]),
    names: by.length,
  }
}

async function write(
  format: 'text' | 'markdown' | 'csv' | 'html',
  content: Table,
  groups: readonly TrialGroup[],
): Promise<string> {
  if (format === 'markdown') return writeMarkdown(content)
  if (format === 'csv') return writeCsv(content)
  if (format === 'text') return writeText(content)
  const { writeHtml } = await import('./write-html.ts')
  return writeHtml(content, groups)
}
