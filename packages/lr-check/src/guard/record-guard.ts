import { resolve } from 'node:path'
import { kindOf, runsCode } from '@loop-runner/checkers'
import { ExitStatus, type Io } from '@loop-runner/cli-kit'
import { makeRoles } from '@loop-runner/source-files'
import { exitStatusOf } from '../running/exit-status-of.ts'
import type { Run } from '../running/run-plan.ts'
import {
  changedPaths,
  compareInnerTests,
  findMadeByCheck,
  type GuardRecord,
  makeIsSource,
  metFiles,
  type NamedSources,
  recordParts,
  rewritten,
  type Survey,
  type TreeWatch,
  writeRecord,
} from '@loop-runner/tamper'
import type { GuardRequest } from './guard-request.ts'

/** The result of the first check, and the tree after it. */
interface FirstCheck {
  readonly before: Survey
  readonly after: Survey
  readonly counts: GuardRecord['counts']
  readonly watch: TreeWatch
}

/**
 * Records the tests and check scripts as they were before the first check, and what it installed as it is after it. What
 * else the check itself changes is not guarded.
 *
 * @throws CommandError (3) if the record cannot be written
 */
export async function recordGuard(
  runs: readonly Run[],
  { before, after, counts, watch }: FirstCheck,
  { file, renews, call, sources }: Pick<GuardRequest, 'file' | 'renews' | 'call' | 'sources'>,
  io: Io,
): Promise<void> {
  if (exitStatusOf(runs) === ExitStatus.Failed) {
    // A loop, which records a new guard each time, learns enough from the missing result.
    const tell = renews ? io.detail : io.warn
    tell(`${file}: no guard is recorded, because there is no reliable result to begin with`)
    return
  }
  const files = fingerprintsIn(before)
  const changed = changedPaths({ files, unguarded: [] }, after)
  const made = await findMadeByCheck(changed, watch.commands, watch)
  const installed = Object.entries(fingerprintsIn(after)).filter(([path]) => made.has(path))
  const altered = [...new Set([...changed.filter((path) => !made.has(path)), ...rewritten(watch).keys()])]
  for (const path of altered) io.warn(`${path}: not guarded, because the check itself changes it`)
  const unguarded = [...altered, ...madeAmongSources(sources, watch, files, after.names)]
  const { folders, suppressions, suspicions } = before
  const all = { ...files, ...Object.fromEntries(installed) }
  const met = metIn(runs, Object.keys(files), io.cwd)
  // In the order of its fields: the text of a record is compared, too.
  const within = { suppressions, suspicions, innerTests: keptBy(before, after, io) }
  const record = { version: 1 as const, call, folders, files: all, unguarded, ...within, met, counts }
  writeRecord(resolve(io.cwd, file), file, record)
  const { tests } = counts
  const tested = tests === undefined ? '' : `, ${tests} ${tests === 1 ? 'test' : 'tests'}`
  // It was asked for, so it is no news; a new name may be a mistake.
  const say = renews ? io.detail : io.progress
  const count = Object.keys(all).length
  say(`guard recorded: ${count} ${count === 1 ? 'file' : 'files'}${tested}`)
}

/** Tests that stand in sources, of those that the check itself does not rewrite: a snapshot may stand in one. */
function keptBy(before: Survey, after: Survey, io: Io): GuardRecord['innerTests'] {
  const recorded = recordParts(before.innerTests)
  const changed = compareInnerTests({ innerTests: recorded }, after)
  for (const path of changed.keys())
    io.warn(`${path}: its tests are not guarded, because the check itself changes them`)
  return Object.fromEntries(Object.entries(recorded).filter(([path]) => !changed.has(path)))
}

/** Files that the first check leaves among the sources, such as a cache of results, are written again by each check. */
function madeAmongSources(
  sources: NamedSources,
  { held }: TreeWatch,
  guarded: GuardRecord['files'],
  names: readonly string[],
): string[] {
  const isSource = makeIsSource(sources)
  return names.filter((path) => isSource(path) && !held.has(path) && !Object.hasOwn(guarded, path))
}

/** Of several runs it is not known which one has met a file. */
function metIn(runs: readonly Run[], paths: readonly string[], cwd: string): string[] {
  const [run, ...others] = runs.filter(({ plan }) => runsCode(kindOf(plan)))
  if (!run || others.length > 0) return []
  const rolesOf = makeRoles()
  const isJudge = (path: string) => !rolesOf(path).has('configuration') && !rolesOf(path).has('set-up')
  return metFiles(paths.filter(isJudge), { plan: run.plan, output: `${run.stdout}\n${run.stderr}`, cwd })
}

function fingerprintsIn({ files }: Survey): Record<string, string> {
  return Object.fromEntries(
    [...files].flatMap(([path, { fingerprint }]) => (fingerprint === undefined ? [] : [[path, fingerprint]])),
  )
}
