import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Io } from '@loop-runner/cli-kit'
import type { Plan, TestResult } from '@loop-runner/checkers'
import { type Canary, flipExpectations } from '@loop-runner/tamper'
import type { Run } from '../running/run-plan.ts'
import { breakFiles } from './break-files.ts'
import { describeFlip, textOf, writeInto } from './changed-texts.ts'
import { LEAST_FLIPS, repairedTests, testFiles } from './repaired-tests.ts'
import { type Copy, runInCopy } from './run-in-copy.ts'

/** Files to which the test is added; more would say no more. */
const MOST_FILES = 100

/** Adds a test that must fail, and changes the expected values of tests that failed at first. */
export async function tryRunner({ plan, report }: Run, canary: Canary, copy: Copy, io: Io): Promise<string[]> {
  const files = testFiles(canary, copy.names)
  const repaired = report ? repairedTests(report.tests, copy.request.atFirst) : []
  const { flips, texts } = flipExpectations(files, repaired, copy.original)
  const added = addCanary(files.slice(0, MOST_FILES), texts, canary, copy)
  if (added === undefined) return []
  await writeInto(copy, new Map([...texts, ...added.texts]))
  const run = await runInCopy(plan, canary, copy, io)
  const own = resultsOf(run).filter(({ name }) => name.includes(added.name))
  const bent = await describeBent(run, own, { canary, copy, paths: [...added.texts.keys()] }, io)
  if (bent !== undefined) return [`${plan.argv.join(' ')}: ${bent}`]
  const isNoticed = resultsOf(run).some(({ name, outcome }) => outcome === 'failed' && !name.includes(added.name))
  const isComplete = run.report !== undefined && run.report.otherFailures === 0
  return isNoticed || !isComplete || flips.length < LEAST_FLIPS ? [] : flips.map(describeFlip)
}

/** The fault that a run with added tests shows in the runner; undefined if it shows no fault. */
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
  if (outcome === 'pass' && (await readsButEnds(plan, canary, { copy, paths }, io)))
    return 'ends before the tests that were added, though it reads their file'
  io.detail(`canary: ${plan.argv[0]} did not run a test that was added (outcome ${outcome})`)
  return undefined
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

/** Whether a check that ran no added test reads the files with them: with a broken file it fails. */
async function readsButEnds(
  plan: Plan,
  canary: Canary,
  { copy, paths }: { readonly copy: Copy; readonly paths: readonly string[] },
  io: Io,
): Promise<boolean> {
  const folder = await copy.make()
  if (canary.runsAll !== true || hasEnd(paths, folder)) return false
  breakFiles(paths, folder)
  return (await runInCopy(plan, canary, copy, io)).outcome !== 'pass'
}

/** Whether one of these files may well end before its tests, by itself. */
function hasEnd(paths: readonly string[], folder: string): boolean {
  return paths.some((path) => /\bskip_all\b|\bexit\b|\bBAIL_OUT\b/.test(readFileSync(join(folder, path), 'utf8')))
}

/** @returns the name of the test, and the files with it; undefined if it fits into none */
function addCanary(files: readonly string[], flipped: ReadonlyMap<string, string>, canary: Canary, { original }: Copy) {
  // Letters only: digits of names are masked where they are compared.
  const letters = [...randomBytes(12)].map((byte) => String.fromCharCode(97 + (byte % 26))).join('')
  const texts = new Map<string, string>()
  for (const path of files) {
    const text = canary.addTo(textOf(path, flipped, original), letters)
    if (text !== undefined) texts.set(path, text)
  }
  return texts.size > 0 ? { name: letters, texts } : undefined
}
