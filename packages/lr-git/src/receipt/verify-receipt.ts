import { createHash } from 'node:crypto'
import { plural, visibleText } from '@loop-runner/cli-kit'
import { diffCommits, type Engine, type Hash, parseCommit } from '@loop-runner/git-engine'
import { digestReceipt, guardFingerprint, type Receipt } from '@loop-runner/run-report/receipt'
import type { Finding } from './finding.ts'
import { verifyCommits } from './verify-commits.ts'

export interface VerifyRequest {
  /** The commit that the receipt is compared with. */
  readonly revision: string
  /** The commit behind which each one has to be explained; undefined: none is looked at. */
  readonly since: string | undefined
  /** A command line that must be among the checks. */
  readonly check: string | undefined
  /** Paths from the root that may differ, such as that of the receipt. */
  readonly own: readonly string[]
}

/** More paths than these are counted. */
const MOST_PATHS = 5

/** Compares what a receipt states with a commit of the repository. */
export async function verifyReceipt(
  receipt: Receipt,
  request: VerifyRequest,
  engine: Engine,
): Promise<readonly Finding[]> {
  const target = await engine.resolveCommit(request.revision)
  return [
    {
      part: 'receipt',
      says: `made by run ${visibleText(receipt.run)}`,
      problem: digestReceipt(receipt) === receipt.digest ? undefined : 'edited since it was made',
    },
    {
      part: 'commit',
      says: `${receipt.commit} with the tree ${receipt.tree}`,
      problem:
        target === undefined
          ? `${request.revision}: no such commit`
          : await compareCommit(receipt, target, request, engine),
    },
    ...(request.since === undefined || target === undefined
      ? []
      : [await verifyCommits(receipt, { since: request.since, target, own: request.own }, engine)]),
    { part: 'outcome', says: describeOutcome(receipt), problem: problemOfOutcome(receipt) },
    {
      part: 'check',
      says: receipt.checks.map(({ command }) => visibleText(command)).join('; '),
      problem: problemOfChecks(receipt, request.check),
    },
    {
      part: 'guard',
      says: receipt.guard
        ? `${plural(Object.keys(receipt.guard.files).length, 'file')}, ${receipt.guard.fingerprint.slice(0, 12)}`
        : '',
      problem: await problemOfGuard(receipt, target, engine),
    },
    { part: 'tests', says: describeTests(receipt.tests), problem: problemOfTests(receipt) },
  ]
}

async function compareCommit(
  { commit, tree, fixes }: Receipt,
  target: Hash,
  { revision, own }: VerifyRequest,
  engine: Engine,
): Promise<string | undefined> {
  const isHere = (await engine.resolveCommit(commit)) !== undefined
  if (isHere && (await treeOf(commit, engine)) !== tree) return `its tree is not ${tree}`
  if ((await treeOf(target, engine)) === tree) return undefined
  if (!isHere) return `${commit} is not in this clone, and ${revision} has another tree (fetch all commits)`
  const mayDiffer = new Set([...own, ...(fixes === null ? [] : [fixes])])
  const changed = (await diffCommits(engine, commit, target)).filter(({ path }) => !mayDiffer.has(path))
  if (changed.length === 0) return undefined
  return `${listPaths(changed.map(({ path }) => path))}: changed in ${revision} since the run`
}

async function treeOf(commit: Hash, engine: Engine): Promise<Hash | undefined> {
  const [object] = await engine.readObjects([commit])
  return object && parseCommit(object.bytes).tree
}

function describeOutcome({ outcome, confirmed, doubts }: Receipt): string {
  const remarks = [...(confirmed === true ? ['the hidden check passed, too'] : []), ...doubts]
  return [outcome, ...remarks].map(visibleText).join('; ')
}

function problemOfOutcome({ outcome, status, confirmed, carried }: Receipt): string | undefined {
  if (status !== 0 || outcome !== 'passed') return `the run did not pass: ${visibleText(outcome)}`
  if (confirmed === false) return 'the hidden check did not pass'
  if (carried) return 'files that are not committed may have been part of what was checked (--dirty carry)'
  return undefined
}

function problemOfChecks({ checks }: Receipt, command: string | undefined): string | undefined {
  if (checks.length === 0) return 'no check is named'
  const failed = checks.filter(({ outcome }) => outcome !== 'pass')
  if (failed.length > 0) return failed.map((run) => visibleText(`${run.command}: ${run.outcome}`)).join('; ')
  if (command === undefined || checks.some((run) => run.command === command)) return undefined
  return `not checked by "${command}", but by ${checks.map((run) => visibleText(run.command)).join('; ')}`
}

/** The guarded files are those of the commit, and were not changed on the way to it. */
async function problemOfGuard(
  { guard, commit, base }: Receipt,
  target: Hash | undefined,
  engine: Engine,
): Promise<string | undefined> {
  if (!guard) return 'the run was not guarded (--no-guard)'
  const paths = Object.keys(guard.files)
  if (guardFingerprint(guard.files) !== guard.fingerprint) return 'the fingerprint does not fit the files'
  if (target === undefined) return 'no commit to compare with'
  const found = await engine.readPaths(target, paths)
  const others = paths.filter((path) => !holds(found.get(path)?.bytes, guard.files[path] ?? ''))
  if (others.length > 0) return `${listPaths(others)}: not as it was when the check ran`
  const from = base === null ? undefined : await engine.resolveCommit(base)
  if (base !== null && from === undefined)
    return `${base}, from which the run started, is not in this clone (fetch all commits)`
  const to = (await engine.resolveCommit(commit)) ?? target
  const isGuarded = new Set(paths)
  const changed = (await diffCommits(engine, from, to)).filter(({ path, from: old }) => old && isGuarded.has(path))
  return changed.length === 0 ? undefined : `${listPaths(changed.map(({ path }) => path))}: changed by the run`
}

/** A link is not compared by what it leads to; line ends may have been converted at checkout. */
function holds(bytes: Buffer | undefined, print: string): boolean {
  if (bytes === undefined) return false
  const [kind, hash] = print.split(' ')
  if (kind !== 'file' && kind !== 'program') return true
  const converted = Buffer.from(bytes.toString('latin1').replaceAll(/\r?\n/g, '\r\n'), 'latin1')
  return [bytes, converted].some((one) => createHash('sha256').update(one).digest('hex') === hash)
}

function describeTests(tests: Receipt['tests']): string {
  if (!tests) return 'no runner reports any'
  const known = tests.known === 0 ? '' : ` (${tests.known} known)`
  return `${tests.total}: ${tests.passed} passed, ${tests.failed} failed${known}, ${tests.skipped} skipped`
}

function problemOfTests({ tests }: Receipt): string | undefined {
  if (!tests) return undefined
  const { total, passed, failed, skipped, known } = tests
  if (passed + failed + skipped !== total) return `${describeTests(tests)} do not add up`
  if (failed > known) return `${failed - known} failed`
  return passed === 0 ? 'none passed' : undefined
}

function listPaths(paths: readonly string[]): string {
  const more = paths.length > MOST_PATHS ? ` and ${paths.length - MOST_PATHS} more` : ''
  return paths.slice(0, MOST_PATHS).map(visibleText).join(', ') + more
}
