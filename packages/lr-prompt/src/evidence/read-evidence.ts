import { type Block, isBlock, isRole, type Part, pathOfName } from '@loop-runner/block-format'
import { UsageError } from '@loop-runner/cli-kit'
import {
  readOutcome,
  ROLE,
  RUN_ROLES,
  type RunRole,
  type StatedOutcome,
  type Outcome,
  OUTCOMES,
  readPaths,
} from '@loop-runner/stage-protocol'
import { type Evidence, type NamedBlock, type Run, type SourceFile } from './evidence.ts'
import { firstWord } from './first-word.ts'

/** Roles of lr-apply's report. A `diff` alone is not one: it may be anybody's. */
const REPORT_ROLES = new Set<string>([ROLE.changed, ROLE.unchanged, ROLE.rejected, ROLE.declared, ROLE.explanation])

/** Roles that are book-keeping for people and say nothing to a model. */
const SILENT_ROLES = new Set<string>([ROLE.usage, ROLE.branch, ROLE.commit])

/** How a stage names a file that a stream cannot hold (source-files, read-source). */
const LEFT_OUT = /^"(?:[^"\\\n]|\\.)*" is left out: .*$/gm

type RawRun = { readonly command: string } & Partial<Record<RunRole, string>>

/**
 * Sorts a stream into files, runs and the rest.
 *
 * @throws UsageError for an invalid status or outcome
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
    else if (part.name === ROLE.run) rawRuns.push({ command: part.content })
    else if (!isRole(part.name)) paths.push(part)
    else if (part.name === ROLE.instructions) instructions.push(part.content)
    else if (part.name === ROLE.show) requested.push(...readPaths(part.content))
    else if (REPORT_ROLES.has(part.name)) report.push(part)
    else if (!takeIntoRun(rawRuns.at(-1), part) && !SILENT_ROLES.has(part.name)) blocks.push(part)
  }
  const scripts = findScripts(rawRuns, paths)
  const files = paths.filter((block) => !scripts.has(pathOfName(block.name))).map((block) => toFile(block, true))
  return { files, runs: rawRuns.map((run) => toRun(run, scripts)), leftOut, instructions, report, requested, blocks }
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
  const { outcome, doubt } = raw.outcome === undefined ? outcomeOfStatus(status) : stateOutcome(raw.outcome)
  const isTampered = doubt === 'tampered'
  return {
    command,
    status,
    outcome,
    isTampered,
    isInconclusive: !isTampered && (doubt === 'inconclusive' || provesNothing(outcome)),
    stdout,
    stderr,
    score,
    findings,
    excerpts: '',
    script: scripts.get(pathOfName(firstWord(command))),
  }
}

/** A timeout counts as a failure for tests and scripts; lr-check marks that of a linter. */
function provesNothing(outcome: Outcome | undefined): boolean {
  return outcome === 'error' || outcome === 'missing' || outcome === 'none'
}

function readStatus(content: string): number {
  if (!/^\s*\d{1,5}\s*$/.test(content)) {
    throw new UsageError(`standard input: block "status": ${JSON.stringify(content)} is not an exit code`)
  }
  return Number(content)
}

function stateOutcome(content: string): StatedOutcome {
  const stated = readOutcome(content)
  if (stated === undefined) {
    const [word] = content.trim().split('\n')
    throw new UsageError(`standard input: block "outcome": "${word}" is not one of ${OUTCOMES.join(', ')}`)
  }
  return stated
}

/** Without an outcome, status 0 is pass and any other fail (docs/format.md). */
function outcomeOfStatus(status: number | undefined): Partial<StatedOutcome> {
  if (status === undefined) return {}
  return { outcome: status === 0 ? 'pass' : 'fail' }
}
