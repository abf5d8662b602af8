import { resolve } from 'node:path'
import { ExitStatus, type Io, readTextIfThere, UsageError } from '@loop-runner/cli-kit'
import { exitStatusOf } from '../running/exit-status-of.ts'
import type { Plan } from '@loop-runner/checkers'
import type { RunAllOptions } from '../running/run-all.ts'
import { failIfTestsAreGone } from '../running/fail-if-tests-are-gone.ts'
import { runLayers } from '../running/run-layers.ts'
import type { Run } from '../running/run-plan.ts'
import type { CanaryRequest } from '../canary/run-in-copy.ts'
import {
  compareCounts,
  compareInnerTests,
  compareSuppressions,
  compareSuspicions,
  compareTree,
  findMadeByCheck,
  isReported,
  mayKnowAnswers,
  type GuardRecord,
  type Known,
  makeIsSource,
  movedHead,
  namedFiles,
  newTests,
  putBack,
  readRecord,
  rewritten,
  sumCounts,
  type Survey,
  surveyTree,
  textOfRecord,
  type TreeWatch,
  watchTree,
  writeRecord,
} from '@loop-runner/tamper'
import type { CanarySettings, GuardRequest } from './guard-request.ts'
import { recordGuard } from './record-guard.ts'
import { reportSuspicions } from './report-suspicions.ts'
import { refusedRun, shorten, tamperedRuns } from './tampered-runs.ts'

/**
 * Makes the runs. They count for nothing if the tests, check scripts or their configuration are not what they were when
 * they were recorded, before or after the runs, or if the check itself has rewritten a source. If nothing is recorded yet,
 * it is now, unless the runs give no reliable result.
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
  const watch = watchTree(io, request.sources.files, plans, before)
  const changes = record ? await compareBefore(record, before, watch, request) : []
  const [plan] = plans
  if (changes.length > 0 && plan)
    return report([refusedRun(plan, changes, running.findings ? [] : undefined)], changes, io)
  const runs = await runLayers(layers, { ...running, counts: true }, () => '', io)
  const after = await survey(known ?? { folders: before.folders, files: [...before.files.keys()] })
  const counts = sumCounts(runs.map(({ counts = {} }) => counts))
  if (record) {
    const done = await compareAfter(
      failIfTestsAreGone(runs, record.counts),
      { record, after, counts, watch },
      request,
      io,
    )
    const suspicions = compareSuspicions(record, after)
    const reported = reportSuspicions(
      done,
      request.allowsSuppressions ? [] : suspicions.filter(isReported),
      running.isStrict,
      io,
    )
    const { counts: atFirst, met = [] } = record
    const added = newTests(record, after, io.cwd)
    const known = {
      atFirst,
      met,
      added,
      names: after.names,
      running,
      mayKnowAnswers: suspicions.some(mayKnowAnswers),
      isSuspicious: suspicions.length > 0,
    }
    return confirmPass(reported, known, request, io)
  }
  await recordGuard(runs, { before, after, counts, watch }, request, io)
  return runs
}

/** A pass counts if a test that must fail, and tests that expect other values, do fail with this code. */
async function confirmPass(
  runs: Run[],
  known: Omit<CanaryRequest, 'confineIn'>,
  { canary }: GuardRequest,
  io: Io,
): Promise<Run[]> {
  if (canary === undefined || !mayCount(runs, canary)) return runs
  const { findBentRunners } = await import('../canary/run-canary.ts')
  const { bent, doubts } = await findBentRunners(runs, { ...known, confineIn: canary.confineIn }, io)
  if (bent.length > 0) return report(tamperedRuns(runs, bent), bent, io)
  return reportSuspicions(runs, doubts, known.running.isStrict, io)
}

/** A failing check counts by its score. */
function mayCount(runs: readonly Run[], { leastScore }: CanarySettings): boolean {
  const status = exitStatusOf(runs)
  if (status !== ExitStatus.No || leastScore === undefined) return status === ExitStatus.Yes
  return runs.some(({ score }) => score !== undefined && score.score >= leastScore)
}

/** The tree after a check, to be compared with its record. */
interface Afterwards {
  readonly record: GuardRecord
  readonly after: Survey
  readonly counts: GuardRecord['counts']
  readonly watch: TreeWatch
}

/** Packages that are gone are no matter if the check installs them. */
async function compareBefore(
  record: GuardRecord,
  before: Survey,
  { cwd, commands, env }: TreeWatch,
  request: GuardRequest,
): Promise<string[]> {
  const changed = compareTree(record, before)
  const gone = [...changed.keys()].filter((path) => before.files.get(path)?.fingerprint === undefined)
  const installed = await findMadeByCheck(gone, commands, { cwd, env })
  for (const path of installed) changed.delete(path)
  return linesOf(changed, changesWithin(record, before, request))
}

async function compareAfter(
  runs: Run[],
  { record, after, counts, watch }: Afterwards,
  request: GuardRequest,
  io: Io,
): Promise<Run[]> {
  const made = await findMadeByCheck([...compareTree(record, after).keys()], watch.commands, {
    cwd: io.cwd,
    env: io.env,
  })
  const changed = changedBy(record, { after, watch }, made)
  const head = movedHead(watch)
  const file = resolve(io.cwd, request.file)
  const isForged = readTextIfThere(file, request.file) !== textOfRecord(record)
  const late = [
    ...linesOf(changed, changesWithin(record, after, request)),
    ...(head === undefined ? [] : [head]),
    ...(isForged ? [`${request.file}: the record of the guard, changed by the check`] : []),
    ...countChanges(record, { runs, counts }, request),
  ]
  if (request.putsBack) restoreTree(changed, watch, `${file}.replaced`, io)
  const isTampered = late.length > 0
  const installed = isTampered ? {} : fingerprintsOf(made, after)
  if (isForged || made.size > 0) {
    writeRecord(file, request.file, { ...record, files: { ...record.files, ...installed } })
  }
  return isTampered ? report(tamperedRuns(runs, late), late, io) : runs
}

/** The changed paths and their changes, without files that the check has installed or built. */
function changedBy(
  record: GuardRecord,
  { after, watch }: Pick<Afterwards, 'after' | 'watch'>,
  made: ReadonlySet<string>,
): Map<string, string> {
  const unguarded = new Set(record.unguarded)
  const guarded = [...compareTree(record, after)].filter(([path]) => !made.has(path))
  const others = [...rewritten(watch)].filter(([path]) => !unguarded.has(path))
  return new Map([...others, ...guarded])
}

/** A later check must be able to pass: changes made by the code under test are undone. */
function restoreTree(changed: ReadonlyMap<string, string>, { cwd, held }: TreeWatch, aside: string, io: Io): void {
  const paths = new Map([...changed].map(([path, what]) => [path, { isNew: what.startsWith('new') }]))
  for (const { path, kept, problem } of putBack(paths, held, cwd, aside)) {
    const place = kept === undefined ? '' : ` (what it held is in ${kept})`
    io.warn(problem === undefined ? `${path}: restored as it was before the check${place}` : `${path}: ${problem}`)
  }
}

function fingerprintsOf(paths: Iterable<string>, { files }: Survey): Record<string, string> {
  return Object.fromEntries(
    [...paths].flatMap((path) => {
      const fingerprint = files.get(path)?.fingerprint
      return fingerprint === undefined ? [] : [[path, fingerprint]]
    }),
  )
}

function linesOf(changed: ReadonlyMap<string, string>, more: readonly string[]): string[] {
  return [...[...changed].map(([path, what]) => `${path}: ${what}`), ...more]
}

function refuseOther({ call }: GuardRecord, request: GuardRequest): void {
  if (JSON.stringify(call) === JSON.stringify(request.call)) return
  const other = call.join(' ')
  throw new UsageError(
    `${request.file}: is the guard of another check, "${other}" (name another file, or use --renew-guard)`,
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

/** The changes in sources that may change. */
function changesWithin(record: GuardRecord, survey: Survey, { allowsSuppressions }: GuardRequest): string[] {
  const tests = linesOf(compareInnerTests(record, survey), [])
  return allowsSuppressions ? tests : [...tests, ...compareSuppressions(record, survey)]
}

/** A check that fails may well have met less: a reply that breaks a file must be reported as that, and nothing else. */
function countChanges(
  { counts: before }: GuardRecord,
  { runs, counts }: { readonly runs: readonly Run[]; readonly counts: GuardRecord['counts'] },
  { sources }: GuardRequest,
): string[] {
  if (exitStatusOf(runs) !== ExitStatus.Yes) return []
  return compareCounts(sources.some ? { ...before, files: undefined } : before, counts)
}

function report(runs: Run[], changes: readonly string[], io: Io): Run[] {
  for (const change of shorten(changes)) io.warn(`tampered: ${change}`)
  return runs
}
