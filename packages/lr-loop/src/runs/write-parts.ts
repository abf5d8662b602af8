import {
  CELL_MARKS,
  type CheckRun,
  type Comparison,
  describeState,
  type Report,
  type ReportRound,
  testGrid,
} from '@loop-runner/run-report'
import { visibleText } from '@loop-runner/cli-kit'
import { writeLines, writeTable } from './write-table.ts'

/** Each command of a check with its outcome and output. */
export function writeChecks(runs: readonly CheckRun[]): string {
  return runs
    .map(({ command, outcome, stdout, stderr }) => `$ ${command}\n${endLine(stdout)}${endLine(stderr)}${outcome}\n`)
    .map(visibleText)
    .join('\n')
}

function endLine(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}

const LEGEND = '✗ fails, ✓ passes, ! changed by this reply, ? the check did not report it\n'

/** The tests that failed in any round, by round; for a run with attempts a table each. */
export function writeTests({ rounds, attempts }: Report): string {
  const tables =
    attempts.length === 0
      ? gridOf(rounds)
      : attempts.map(({ data, rounds: own }) => `attempt ${data.attempt}:\n${gridOf(own)}`).join('\n')
  return `${tables}\n${LEGEND}`
}

function gridOf(rounds: readonly ReportRound[]): string {
  const grid = testGrid(rounds)
  if (grid.length === 0) return 'no test failed, or the check names none\n'
  const columns = ['test', ...rounds.map(({ iteration }) => String(iteration))].map((heading) => ({ heading }))
  const rows = grid.map(({ name, cells }) => [visibleText(name), ...cells.map((cell) => CELL_MARKS[cell])])
  return writeLines(writeTable(columns, rows))
}

/** @param patch from the files as the left run left them to those of the right one */
export function writeCompared({ names, facts, tests }: Comparison, patch: string): string {
  const columns = ['', ...names].map((heading) => ({ heading }))
  const rows = [
    ...facts.map((row) => row.map(visibleText)),
    ...tests.map(({ name, left, right }) => [visibleText(name), describeState(left), describeState(right)]),
  ]
  return `${writeLines(writeTable(columns, rows))}\n${patch === '' ? 'The files are the same.\n' : patch}`
}
