import { randomBytes } from 'node:crypto'
import { appendFileSync, existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Io } from '@loop-runner/cli-kit'
import { listTree, makeRoles } from '@loop-runner/source-files'
import type { Confinement } from '@loop-runner/sandbox'
import type { Plan } from '@loop-runner/checkers'
import type { RunAllOptions } from '../running/run-all.ts'
import { runPlan } from '../running/run-plan.ts'
import { CANARIES, copyTree } from '@loop-runner/tamper'

/** How checks are confined in another folder. */
export type ConfineIn = (cwd: string) => Promise<Confinement>

/** Files to which the test is added; more would say no more. */
const MOST_FILES = 100

/**
 * Adds a test that must fail to a copy of the tree, and makes the runs of known test runners there once more. A runner that
 * reports the test as passed, or passes although it ran it, is bent by the code under test.
 *
 * @returns what is wrong, one line for each bent runner
 */
export async function findBentRunners(
  plans: readonly Plan[],
  running: RunAllOptions,
  confineIn: ConfineIn,
  io: Io,
): Promise<string[]> {
  const tested = plans.filter(({ checker }) => checker?.report !== undefined && CANARIES[checker.report] !== undefined)
  if (tested.length === 0) return []
  const names = (await listTree(io.cwd, io.env)).filter((name) => existsSync(join(io.cwd, name)))
  const found: string[] = []
  for (const plan of tested) {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'check-')))
    try {
      copyTree(names, io.cwd, folder)
      const canary = addCanary(names, plan, folder)
      if (canary === undefined) continue
      const options = { ...running, counts: true, cache: undefined, confinement: await confineIn(folder) }
      const there = { ...plan, argv: plan.argv.map((word) => word.replaceAll(io.cwd, folder)) }
      const run = await runPlan(there, options, { ...io, cwd: folder, warn: () => {} })
      const wasRun = run.counts?.names?.some((name) => name.includes(canary)) === true
      if (run.outcome === 'pass' && wasRun)
        found.push(`${plan.argv.join(' ')}: a test that must fail passes with this code`)
      else if (!wasRun) io.detail(`canary: ${plan.argv[0]} did not run a test that was added (outcome ${run.outcome})`)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  return found
}

/** @returns the name of the test; undefined if no file of tests fits */
function addCanary(names: readonly string[], { checker }: Plan, folder: string): string | undefined {
  const canary = checker?.report && CANARIES[checker.report]
  if (!canary) return undefined
  const rolesOf = makeRoles()
  const files = names.filter((name) => canary.files.test(name) && rolesOf(name).has('test')).slice(0, MOST_FILES)
  // Letters only: digits of names are masked where they are compared.
  const letters = [...randomBytes(12)].map((byte) => String.fromCharCode(97 + (byte % 26))).join('')
  for (const name of files) appendFileSync(join(folder, name), canary.write(letters))
  return files.length === 0 ? undefined : letters
}
