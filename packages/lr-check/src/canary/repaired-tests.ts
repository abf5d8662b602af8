import { nameInEveryRun, type TestResult } from '@loop-runner/checkers'
import { makeRoles } from '@loop-runner/source-files'
import type { Canary, Counts } from '@loop-runner/tamper'

/** With fewer changed expectations a test may well not depend on any. */
export const LEAST_FLIPS = 3

/** The tests that pass now and did not at first. */
export function repairedTests(tests: readonly TestResult[], { names = [], failed = [] }: Counts): string[] {
  const wasRed = new Set(failed)
  const wasGreen = new Set(names.filter((name) => !wasRed.has(name)))
  const passed = tests.filter(({ outcome }) => outcome === 'passed').map(({ name }) => name)
  return passed.filter((name) => !wasGreen.has(nameInEveryRun(name)))
}

/** The files of tests that a runner may have. */
export function testFiles(canary: Canary, names: readonly string[]): string[] {
  return allTests(names).filter((name) => canary.files.test(name))
}

/** Files that are tests by their names. */
export function allTests(names: readonly string[]): string[] {
  const rolesOf = makeRoles()
  return names.filter((name) => rolesOf(name).has('test'))
}
