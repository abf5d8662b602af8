import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Io, reasonOf, UsageError, visibleText } from '@loop-runner/cli-kit'
import {
  comparableFiles,
  compareRuns,
  readDiff,
  type Report,
  reportOf,
  RunData,
  writePatch,
} from '@loop-runner/run-report'
import { findRun } from './find-run.ts'
import { loadRun } from './load-run.ts'
import { type Parts, partsAsked } from './parts.ts'
import { dataOf } from './run-data.ts'
import { writeChecks, writeCompared, writeTests } from './write-parts.ts'
import { paintDiff } from './paint-diff.ts'

/**
 * Prints one part of a run.
 *
 * @throws UsageError if several are asked for, or the run does not have the part
 */
export async function printPart(path: string, parts: Parts, io: Io): Promise<void> {
  const asked = partsAsked(parts)
  if (asked.length > 1) throw new UsageError(`--${asked.join(' and --')} exclude each other`)
  await io.stdout.write(await partOf(path, parts, io))
}

async function partOf(path: string, parts: Parts, io: Io): Promise<string | Buffer> {
  const { prompt, reply, check, diff, tests, compare } = parts
  if (prompt !== undefined) return showable(outputOf(path, prompt, 'prompt'), io)
  if (reply !== undefined) return showable(outputOf(path, reply, 'llm'), io)
  const report = await readReport(path, io)
  if (check !== undefined) return writeChecks(roundOf(report, check).checkRuns)
  if (tests) return writeTests(report)
  if (compare === undefined)
    return paintDiff(diff === 'run' ? await readDiff(report, io) : diffOf(report, diff ?? ''), io)
  const other = await readReport(findRun(compare, io.cwd, io.env), io)
  const patch = paintDiff(writePatch(...comparableFiles(report, other)), io)
  return writeCompared(compareRuns(report, other), patch)
}

function readReport(path: string, io: Io): Promise<Report> {
  // As another program reads it: without undefined fields.
  return reportOf(RunData.parse(JSON.parse(JSON.stringify(dataOf(loadRun(path))))), io)
}

/** Makes control characters of a model visible on a terminal. Unchanged for a pipe or a file. */
function showable(output: Buffer, { stdout }: Io): string | Buffer {
  return stdout.isTerminal ? visibleText(output.toString()) : output
}

/** Prints the output of a stage in an iteration. */
function outputOf(path: string, iteration: number, stage: string): Buffer {
  const { view } = loadRun(path)
  const file = join(path, String(iteration), `${stage}.out`)
  try {
    return readFileSync(file)
  } catch (error) {
    throw new UsageError(`${path}: iteration ${iteration} of ${view.replies}: ${reasonOf(error)} (${file})`)
  }
}

function roundOf({ data, rounds, attempts }: Report, iteration: number) {
  const round = rounds.find((each) => each.iteration === iteration)
  if (round) return round
  const last = rounds.at(-1)?.iteration ?? 0
  const remedy = attempts.length > 0 ? 'name the attempt: --attempt' : `the run has iterations 0 to ${last}`
  throw new UsageError(`${data.run}: no iteration ${iteration} (${remedy})`)
}

/** Prints the changes of a reply. */
function diffOf(report: Report, text: string): string {
  const iteration = Number(text)
  if (!/^\d+$/.test(text) || iteration === 0) throw new UsageError(`--diff: ${text}: expected the number of a reply`)
  const round = roundOf(report, iteration)
  const before = report.rounds[report.rounds.indexOf(round) - 1]
  return writePatch(before?.sources ?? new Map(), round.sources)
}
