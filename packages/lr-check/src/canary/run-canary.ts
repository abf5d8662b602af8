import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Io } from '@loop-runner/cli-kit'
import { kindOf, type Plan, runsCode, type TestResult } from '@loop-runner/checkers'
import { needsRights } from '@loop-runner/sandbox'
import {
  type Canary,
  canaryOf,
  comparedByCheck,
  type Counts,
  type Flip,
  flipExpectations,
  flipLines,
  scriptRun,
  withFailingEnd,
} from '@loop-runner/tamper'
import type { Run } from '../running/run-plan.ts'
import { type CanaryRequest, type Copy, isAsGood, makeCopy, runInCopy } from './run-in-copy.ts'
import { breakFiles } from './break-files.ts'
import { LEAST_FLIPS, repairedTests, testFiles } from './repaired-tests.ts'
import { tryAllValues } from './try-all-values.ts'
import { tryCompared } from './try-compared.ts'
import { tryEachValue } from './try-each-value.ts'

/** Files to which the test is added; more would say no more. */
const MOST_FILES = 100

/** What further runs have found, a line for each fault. */
export interface Findings {
  /** For certain. */
  readonly bent: readonly string[]
  readonly doubts: readonly string[]
}

/**
 * Makes the runs of known test runners once more, in a copy of the tree, with a test added that must fail and with other
 * values expected by the tests that failed at first. A runner that passes there is bent by the code under test.
 */
export async function findBentRunners(runs: readonly Run[], request: CanaryRequest, io: Io): Promise<Findings> {
  const code = runs.filter(({ plan }) => runsCode(kindOf(plan)))
  if (code.length === 0) return { bent: [], doubts: [] }
  const names = request.names.filter((name) => existsSync(join(io.cwd, name)))
  const tries = code.flatMap((run): Try[] => {
    const canary = canaryOf(run.plan)
    const isOnly = code.length === 1
    const compared = comparedByCheck(run.plan, names, io.cwd)
    return [
      ...(request.added.length > 0 && !onlyPassed(request.atFirst)
        ? [(copy: Copy) => tryWithoutNew(run, copy, io)]
        : []),
      ...(canary ? [(copy: Copy) => tryRunner(run, canary, copy, io)] : []),
      ...(!canary && isOnly ? [(copy: Copy) => tryLines(run, copy, io)] : []),
      ...(compared.length > 0 ? [(copy: Copy) => tryCompared(run, compared, copy, io)] : []),
    ]
  })
  const found: string[] = []
  const isShown = tries.length > 0 && (await canBeShown(code, request, io))
  const inCopy = <T>(attempt: (copy: Copy) => Promise<T>) => tryInCopy(attempt, { names, isShown, request }, io)
  for (const attempt of tries) found.push(...(await inCopy(attempt)))
  if (found.length > 0) return { bent: found, doubts: [] }
  const isTried = ({ plan, outcome }: Run) => outcome === 'pass' && (canaryOf(plan) !== undefined || code.length === 1)
  const doubts: string[] = []
  for (const run of code.filter(isTried)) {
    doubts.push(...(await inCopy((copy) => tryAllValues(run, copy, io))))
    if (doubts.length > 0 || !request.isSuspicious) continue
    const each = await inCopy((copy) => tryEachValue(run, copy, io))
    found.push(...each.bent)
    doubts.push(...each.doubts)
  }
  if (found.length > 0) return { bent: found, doubts: [] }
  if (request.mayKnowAnswers) return { bent: doubts, doubts: [] }
  if (request.isSuspicious) return { bent: [], doubts }
  // Tests of bounds, and of what comes back as it was, pass with many values.
  for (const line of doubts) io.detail(`canary: ${line}`)
  return { bent: [], doubts: [] }
}

async function tryInCopy<T>(
  attempt: (copy: Copy) => Promise<T>,
  what: Parameters<typeof makeCopy>[1],
  io: Io,
): Promise<T> {
  // A name that says nothing: it can be read among the mounts.
  const place = newFolder()
  try {
    return await attempt(makeCopy(join(place, basename(io.cwd)), what, io))
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

function newFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'tmp')))
}

/** Whether a copy of the tree can be seen in its place: code cannot tell one from the other by its path then. */
async function canBeShown(code: readonly Run[], { confineIn }: CanaryRequest, { cwd }: Io): Promise<boolean> {
  if (code.some(({ plan }) => needsRights(plan.argv))) return false
  return (await confineIn(cwd, { folder: cwd, installed: [] })).showsCopy
}

/** A further run in a copy of the tree: what it finds. */
type Try = (copy: Copy) => Promise<string[]>

async function tryRunner({ plan, report }: Run, canary: Canary, copy: Copy, io: Io): Promise<string[]> {
  const { folder, request } = copy
  const files = testFiles(canary, copy.names)
  const flips = flipExpectations(files, report ? repairedTests(report.tests, request.atFirst) : [], folder)
  const added = addCanary(files.slice(0, MOST_FILES), canary, folder)
  if (added === undefined) return []
  const run = await runInCopy(plan, canary, copy, io)
  const own = resultsOf(run).filter(({ name }) => name.includes(added.name))
  const bent = await describeBent(run, own, { canary, copy, paths: added.paths }, io)
  if (bent !== undefined) return [`${plan.argv.join(' ')}: ${bent}`]
  const isNoticed = resultsOf(run).some(({ name, outcome }) => outcome === 'failed' && !name.includes(added.name))
  const isComplete = run.report !== undefined && run.report.otherFailures === 0
  return isNoticed || !isComplete || flips.length < LEAST_FLIPS ? [] : flips.map(describeFlip)
}

/** What a run with tests of ours shows of the runner; undefined if that is nothing. */
async function describeBent(
  run: Run,
  own: readonly Pick<TestResult, 'outcome'>[],
  { canary, copy, paths }: { readonly canary: Canary; readonly copy: Copy; readonly paths: readonly string[] },
  io: Io,
): Promise<string | undefined> {
  const { plan, outcome } = run
  if (own.some((test) => test.outcome === 'passed') || (outcome === 'pass' && own.length > 0))
    return 'a test that must fail passes with this code'
  if (own.length > 0) return undefined
  if (outcome === 'pass' && (await readsButEnds(plan, canary, { ...copy, paths }, io)))
    return 'ends before the tests that were added, though it reads their file'
  io.detail(`canary: ${plan.argv[0]} did not run a test that was added (outcome ${outcome})`)
  return undefined
}

/** A runner that cannot be given tests of ours: other values in the files that it has met. */
async function tryLines(first: Run, copy: Copy, io: Io): Promise<string[]> {
  const { plan, outcome } = first
  const met = copy.request.met.filter((path) => copy.names.includes(path))
  const { flips, areEnough } = flipLines(met, copy.folder)
  const ended = areEnough || outcome !== 'pass' ? undefined : failAtEnd(plan, copy)
  if (!areEnough && ended === undefined) return []
  const isNoticed = async () => !isAsGood(first, await runInCopy(plan, undefined, copy, io))
  if (await isNoticed()) return []
  breakFiles(ended === undefined ? flips.map(({ path }) => path) : [ended], copy)
  if (!(await isNoticed())) return []
  return ended === undefined
    ? flips.map(describeFlip)
    : [`${ended}: the check passes as well if this script ends with exit code 1`]
}

/** Adds an end that fails to the script that the command line names. @returns its path */
function failAtEnd(plan: Plan, { folder }: Copy): string | undefined {
  const path = scriptRun(plan, folder)
  const text = path === undefined ? undefined : withFailingEnd(path, readFileSync(join(folder, path), 'utf8'))
  if (path === undefined || text === undefined) return undefined
  writeFileSync(join(folder, path), text)
  return path
}

/** If no test failed at first, more tests may be what was asked for, as with a threshold of coverage. */
function onlyPassed({ names = [], failed = [] }: Counts): boolean {
  return names.length > 0 && failed.length === 0
}

/** What passes by new code among the tests only is no repair; where the copy itself does not pass, nothing is known. */
async function tryWithoutNew({ plan }: Run, copy: Copy, io: Io): Promise<string[]> {
  const { added } = copy.request
  const aside = newFolder()
  try {
    for (const [index, path] of added.entries()) renameSync(join(copy.folder, path), join(aside, String(index)))
    if ((await runInCopy(plan, undefined, copy, io)).outcome === 'pass') return []
    for (const [index, path] of added.entries()) renameSync(join(aside, String(index)), join(copy.folder, path))
    if ((await runInCopy(plan, undefined, copy, io)).outcome !== 'pass') return []
    return added.map((path) => `${path}: new, and the check does not pass without it`)
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
}

/** By the report, or by the lines of TAP that are printed, with the comment before each. */
function resultsOf({ report, stdout }: Run): readonly Pick<TestResult, 'name' | 'outcome'>[] {
  if (report) return report.tests
  const lines = stdout.matchAll(/(?:^\s*# (\w+)\n)?^\s*(not ok|ok|✓|✗)(?: \d+)?(?: -)?(.*)$/gm)
  return [...lines].map(([, before = '', mark = '', name = '']) => ({
    name: `${before}${name}`,
    outcome: mark === 'ok' || mark === '✓' ? 'passed' : 'failed',
  }))
}

function describeFlip({ path, line, before, after }: Flip): string {
  return `${path}:${line}: this test passes as well if it expects ${after} instead of ${before}`
}

/** Whether a check that ran no added test reads the files with them: with a broken file it fails. */
async function readsButEnds(
  plan: Plan,
  canary: Canary,
  copy: Copy & { readonly paths: readonly string[] },
  io: Io,
): Promise<boolean> {
  if (canary.runsAll !== true || hasEnd(copy.paths, copy.folder)) return false
  breakFiles(copy.paths, copy)
  return (await runInCopy(plan, canary, copy, io)).outcome !== 'pass'
}

/** Whether one of these files may well end before its tests, by itself. */
function hasEnd(paths: readonly string[], folder: string): boolean {
  return paths.some((path) => /\bskip_all\b|\bexit\b|\bBAIL_OUT\b/.test(readFileSync(join(folder, path), 'utf8')))
}

/** @returns the name of the test, and the files; undefined if it fits into none */
function addCanary(files: readonly string[], canary: Canary, folder: string) {
  // Letters only: digits of names are masked where they are compared.
  const letters = [...randomBytes(12)].map((byte) => String.fromCharCode(97 + (byte % 26))).join('')
  const paths: string[] = []
  for (const name of files) {
    const path = join(folder, name)
    const text = canary.addTo(readFileSync(path, 'utf8'), letters)
    if (text === undefined) continue
    writeFileSync(path, text)
    paths.push(name)
  }
  return paths.length > 0 ? { name: letters, paths } : undefined
}
