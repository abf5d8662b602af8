import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Io } from '@loop-runner/cli-kit'
import { listTree, makeRoles } from '@loop-runner/source-files'
import { nameInEveryRun, type Plan, type TestResult } from '@loop-runner/checkers'
import type { Confinement } from '@loop-runner/sandbox'
import { type Canary, canaryOf, copyTree, type Counts, type Flip, flipExpectations } from '@loop-runner/tamper'
import type { RunAllOptions } from '../running/run-all.ts'
import { type Run, runPlan } from '../running/run-plan.ts'

/** How checks are confined in another folder. */
export type ConfineIn = (cwd: string) => Promise<Confinement>

export interface CanaryRequest {
  /** The tests of the first run. */
  readonly atFirst: Counts
  readonly running: RunAllOptions
  readonly confineIn: ConfineIn
}

/** Files to which the test is added; more would say no more. */
const MOST_FILES = 100

/** With fewer changed expectations a test may well not depend on any. */
const LEAST_FLIPS = 3

/**
 * Makes the runs of known test runners once more, in a copy of the tree, with a test added that must fail and with other
 * values expected by the tests that failed at first. A runner that passes there is bent by the code under test.
 *
 * @returns what is wrong, a line for each fault
 */
export async function findBentRunners(runs: readonly Run[], request: CanaryRequest, io: Io): Promise<string[]> {
  const tested = runs.flatMap((run) => {
    const canary = canaryOf(run.plan)
    return canary ? [{ run, canary }] : []
  })
  if (tested.length === 0) return []
  const names = (await listTree(io.cwd, io.env)).filter((name) => existsSync(join(io.cwd, name)))
  const found: string[] = []
  for (const { run, canary } of tested) {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'check-')))
    try {
      copyTree(names, io.cwd, folder)
      found.push(...(await tryRunner(run, canary, { names, folder, request }, io)))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  return found
}

/** A copy of the tree. */
interface Copy {
  readonly names: readonly string[]
  readonly folder: string
  readonly request: CanaryRequest
}

async function tryRunner({ plan, report }: Run, canary: Canary, copy: Copy, io: Io): Promise<string[]> {
  const { folder, request } = copy
  const rolesOf = makeRoles()
  const files = copy.names.filter((name) => canary.files.test(name) && rolesOf(name).has('test'))
  const flips = flipExpectations(files, report ? repairedTests(report.tests, request.atFirst) : [], folder)
  const added = addCanary(files.slice(0, MOST_FILES), canary, folder)
  if (added === undefined) return []
  const run = await runAgain(plan, canary, copy, io)
  const results = resultsOf(run)
  const own = results.filter(({ name }) => name.includes(added))
  const command = plan.argv.join(' ')
  if (own.some(({ outcome }) => outcome === 'passed') || (run.outcome === 'pass' && own.length > 0))
    return [`${command}: a test that must fail passes with this code`]
  if (own.length === 0) io.detail(`canary: ${plan.argv[0]} did not run a test that was added (outcome ${run.outcome})`)
  const isNoticed = results.some(({ name, outcome }) => outcome === 'failed' && !name.includes(added))
  const isComplete = run.report !== undefined && run.report.otherFailures === 0
  return isNoticed || !isComplete || flips.length < LEAST_FLIPS ? [] : flips.map(describeFlip)
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

async function runAgain(plan: Plan, { show }: Canary, { folder, request }: Copy, io: Io): Promise<Run> {
  const confinement = await request.confineIn(folder)
  // Names of tests are read from what is printed.
  const options = { ...request.running, raw: true, counts: true, cache: undefined, confinement }
  const argv = plan.argv.map((word) => word.replaceAll(io.cwd, folder))
  return runPlan({ ...plan, argv: show?.(argv) ?? argv }, options, { ...io, cwd: folder, warn: () => {} })
}

/** The tests that pass now and did not at first. */
function repairedTests(tests: readonly TestResult[], { names = [], failed = [] }: Counts): string[] {
  const wasRed = new Set(failed)
  const wasGreen = new Set(names.filter((name) => !wasRed.has(name)))
  const passed = tests.filter(({ outcome }) => outcome === 'passed').map(({ name }) => name)
  return passed.filter((name) => !wasGreen.has(nameInEveryRun(name)))
}

/** @returns the name of the test; undefined if it fits into no file */
function addCanary(files: readonly string[], canary: Canary, folder: string): string | undefined {
  // Letters only: digits of names are masked where they are compared.
  const letters = [...randomBytes(12)].map((byte) => String.fromCharCode(97 + (byte % 26))).join('')
  let isAdded = false
  for (const name of files) {
    const path = join(folder, name)
    const text = canary.addTo(readFileSync(path, 'utf8'), letters)
    if (text === undefined) continue
    writeFileSync(path, text)
    isAdded = true
  }
  return isAdded ? letters : undefined
}
