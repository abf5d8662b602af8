import { resolve } from 'node:path'
import { ExitStatus, type Io, UsageError } from '@loop-runner/cli-kit'
import { exitStatusOf } from '../running/exit-status-of.ts'
import type { Plan } from '../planning/plan.ts'
import type { RunAllOptions } from '../running/run-all.ts'
import { runLayers } from '../running/run-layers.ts'
import type { Run } from '../running/run-plan.ts'
import { changedPaths, compareCounts, compareSuppressions, compareTree } from './compare.ts'
import { sumCounts } from './counts.ts'
import { type GuardRecord, readRecord, writeRecord } from './guard-record.ts'
import { type Known, type Survey, surveyTree } from './survey.ts'
import { refusedRun, shorten, tamperedRuns } from './tampered-runs.ts'
import { makeIsSource, namedFiles, type NamedSources } from './what-is-judged.ts'

/** What is guarded, and how. */
export interface GuardRequest {
  /** Where the record lies, as it was named. */
  readonly file: string
  /** Whether it is made anew. */
  readonly renews: boolean
  /** What was asked for, by which a record is known to be of the same check. */
  readonly call: readonly string[]
  readonly sources: NamedSources
  /** Patterns of what is guarded too, and of what may change. */
  readonly protect: readonly string[]
  readonly allow: readonly string[]
  /** Whether a file may change that an operand names itself. */
  readonly allowsNamed: boolean
  /** Whether the sources may say more to silence what judges. */
  readonly allowsSuppressions: boolean
}

/**
 * Makes the runs, and gives no verdict where what judges is not what it was when it was recorded, before or after them.
 * Where nothing is recorded yet, it is now, unless the runs give no verdict that can be trusted.
 *
 * @throws UsageError for a record of another check, CommandError (3) for one that cannot be read or written
 */
export async function runGuarded(
  layers: readonly (readonly Plan[])[],
  running: RunAllOptions,
  request: GuardRequest,
  io: Io,
): Promise<Run[]> {
  const record = request.renews ? undefined : readRecord(resolve(io.cwd, request.file), request.file)
  if (record) refuseOther(record, request)
  const plans = layers.flat()
  const survey = (known?: Known) => surveyTree(scopeOf(request, plans, running.env), known)
  const known = record && { folders: record.folders, files: Object.keys(record.files) }
  const before = await survey(known)
  const changes = record ? compare(record, before, request) : []
  const [plan] = plans
  if (changes.length > 0 && plan)
    return report([refusedRun(plan, changes, running.findings ? [] : undefined)], changes, io)
  const runs = await runLayers(layers, { ...running, counts: true }, () => '', io)
  const after = await survey(known ?? { folders: before.folders, files: [...before.files.keys()] })
  if (!record) {
    recordGuard(runs, { before, after }, request, io)
    return runs
  }
  const late = [...compare(record, after, request), ...countChanges(record, runs, request)]
  return late.length === 0 ? runs : report(tamperedRuns(runs, late), late, io)
}

function refuseOther({ call }: GuardRecord, request: GuardRequest): void {
  if (JSON.stringify(call) === JSON.stringify(request.call)) return
  const other = call.join(' ')
  throw new UsageError(
    `${request.file}: is the guard of another check, "${other}" (name another file, or say --renew-guard)`,
  )
}

function scopeOf(
  { sources, protect, allow, allowsNamed }: GuardRequest,
  plans: readonly Plan[],
  env: NodeJS.ProcessEnv,
) {
  const named = allowsNamed ? namedFiles(sources) : new Set<string>()
  return { cwd: sources.cwd, env, plans, isSource: makeIsSource(sources), protect, allow, named }
}

function compare(record: GuardRecord, survey: Survey, { allowsSuppressions }: GuardRequest): string[] {
  return [...compareTree(record, survey), ...(allowsSuppressions ? [] : compareSuppressions(record, survey))]
}

/** A check that fails may well have met less: a reply that breaks a file must be told so, and nothing else. */
function countChanges({ counts }: GuardRecord, runs: readonly Run[], { sources }: GuardRequest): string[] {
  if (exitStatusOf(runs) !== ExitStatus.Yes) return []
  return compareCounts(sources.some ? { ...counts, files: undefined } : counts, totalOf(runs))
}

function totalOf(runs: readonly Run[]) {
  return sumCounts(runs.map(({ counts = {} }) => counts))
}

function report(runs: Run[], changes: readonly string[], io: Io): Run[] {
  for (const change of shorten(changes)) io.warn(`tampered: ${change}`)
  return runs
}

function recordGuard(
  runs: readonly Run[],
  { before, after }: { readonly before: Survey; readonly after: Survey },
  { file, renews, call }: GuardRequest,
  io: Io,
): void {
  if (exitStatusOf(runs) === ExitStatus.Failed) {
    // Whoever has it recorded anew each time, as a loop, learns enough from the missing verdict.
    const tell = renews ? io.detail : io.warn
    tell(`${file}: no guard is recorded, for there is no trustworthy verdict to begin with`)
    return
  }
  const found = [...before.files].flatMap(([path, { fingerprint }]) =>
    fingerprint === undefined ? [] : [[path, fingerprint]],
  )
  const files: GuardRecord['files'] = Object.fromEntries(found)
  const unguarded = changedPaths({ files, unguarded: [] }, after)
  for (const path of unguarded) io.warn(`${path}: not guarded, for the check itself changes it`)
  const { folders, suppressions } = before
  const counts = totalOf(runs)
  writeRecord(resolve(io.cwd, file), file, { version: 1, call, folders, files, unguarded, suppressions, counts })
  const { tests } = counts
  const tested = tests === undefined ? '' : `, ${tests} ${tests === 1 ? 'test' : 'tests'}`
  // What was asked for is no news; that a name was new may be a mistake in it.
  const say = renews ? io.detail : io.progress
  say(`guard recorded: ${found.length} ${found.length === 1 ? 'file' : 'files'}${tested}`)
}
