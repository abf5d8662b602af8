import { type Block, isBlock, isRole, type Part, pathOfName, readName } from '@loop-runner/block-format'
import { UsageError } from '@loop-runner/cli-kit'
import { type Evidence, type NamedBlock, type Outcome, OUTCOMES, type Run, type SourceFile } from './evidence.ts'
import { firstWord } from './first-word.ts'

/** Roles that belong to the run before them (FORMAT.md). */
const RUN_ROLES = ['status', 'outcome', 'stdout', 'stderr', 'score', 'findings'] as const
type RunRole = (typeof RUN_ROLES)[number]

/** Roles of lr-apply's report. A `diff` alone is not one: it may be anybody's. */
const REPORT_ROLES = new Set(['changed', 'unchanged', 'rejected', 'declared', 'explanation'])

/** Roles that are book-keeping for people and say nothing to a model. */
const SILENT_ROLES = new Set(['usage', 'branch', 'commit'])

/** How a stage names a file that a stream cannot hold (source-files, read-source). */
const LEFT_OUT = /^"(?:[^"\\\n]|\\.)*" is left out: .*$/gm

type RawRun = { readonly command: string } & Partial<Record<RunRole, string>>

/**
 * Sorts a stream into files, runs and the rest.
 *
 * @throws UsageError for a status or an outcome that is none
 */
export function readEvidence(parts: readonly Part[]): Evidence {
  const paths: Block[] = []
  const rawRuns: RawRun[] = []
  const leftOut: string[] = []
  const instructions: string[] = []
  const report: NamedBlock[] = []
  const requested: string[] = []
  const blocks: NamedBlock[] = []
  for (const part of parts) {
    if (!isBlock(part)) leftOut.push(...(part.text.match(LEFT_OUT) ?? []))
    else if (part.name === '') rawRuns.push({ command: part.content })
    else if (!isRole(part.name)) paths.push(part)
    else if (part.name === 'instructions') instructions.push(part.content)
    else if (part.name === 'show') requested.push(...readPaths(part.content))
    else if (REPORT_ROLES.has(part.name)) report.push(part)
    else if (!takeIntoRun(rawRuns.at(-1), part) && !SILENT_ROLES.has(part.name)) blocks.push(part)
  }
  const scripts = findScripts(rawRuns, paths)
  const files = paths.filter((block) => !scripts.has(pathOfName(block.name))).map((block) => toFile(block, true))
  return { files, runs: rawRuns.map((run) => toRun(run, scripts)), leftOut, instructions, report, requested, blocks }
}

/** One a line, spelled as names of blocks are. */
function readPaths(content: string): string[] {
  const lines = content.split('\n').map((line) => line.trim())
  return lines.filter((line) => line !== '').map((line) => pathOfName(readName(line) ?? line))
}

/** @returns false where the block belongs to no run: no command came before, or the run has such a block already */
function takeIntoRun(run: RawRun | undefined, { name, content }: Block): boolean {
  const role = RUN_ROLES.find((one) => one === name)
  if (!run || role === undefined || run[role] !== undefined) return false
  run[role] = content
  return true
}

/**
 * The scripts of the runs by path. A path that stands in the stream more than once is a source as well: it is shown
 * once, as a source.
 */
function findScripts(runs: readonly RawRun[], paths: readonly Block[]): ReadonlyMap<string, SourceFile> {
  const scripts = new Map<string, SourceFile>()
  for (const { command } of runs) {
    const path = pathOfName(firstWord(command))
    const [block, ...more] = paths.filter(({ name }) => pathOfName(name) === path)
    if (block && more.length === 0) scripts.set(path, toFile(block, false))
  }
  return scripts
}

function toFile({ name, content }: Block, editable: boolean): SourceFile {
  return { name, path: pathOfName(name), content, editable }
}

function toRun(raw: RawRun, scripts: ReadonlyMap<string, SourceFile>): Run {
  const status = raw.status === undefined ? undefined : readStatus(raw.status)
  const { command, stdout = '', stderr = '', score = '', findings = '' } = raw
  const outcome = raw.outcome === undefined ? outcomeOfStatus(status) : readOutcome(raw.outcome)
  const isTampered = raw.outcome?.trim() === 'error: tampered'
  return {
    command,
    status,
    outcome,
    isTampered,
    isInconclusive: !isTampered && isInconclusive(outcome, raw.outcome),
    stdout,
    stderr,
    score,
    findings,
    excerpts: '',
    script: scripts.get(pathOfName(firstWord(command))),
  }
}

/** A timeout counts as a failure for tests and scripts; lr-check marks that of a linter. */
function isInconclusive(outcome: Outcome | undefined, written = ''): boolean {
  return outcome === 'error' || outcome === 'missing' || outcome === 'none' || written.trim().endsWith(': inconclusive')
}

function readStatus(content: string): number {
  if (!/^\s*\d{1,5}\s*$/.test(content)) {
    throw new UsageError(`standard input: block "status": ${JSON.stringify(content)} is no exit status`)
  }
  return Number(content)
}

function readOutcome(content: string): Outcome {
  const [word] = /[a-z]*/.exec(content.trimStart()) ?? ['']
  const outcome = OUTCOMES.find((one) => one === word)
  if (outcome === undefined) {
    throw new UsageError(`standard input: block "outcome": "${word}" is none of ${OUTCOMES.join(', ')}`)
  }
  return outcome
}

/** Without an outcome, status 0 is pass and any other fail (FORMAT.md). */
function outcomeOfStatus(status: number | undefined): Outcome | undefined {
  if (status === undefined) return undefined
  return status === 0 ? 'pass' : 'fail'
}
