import { findingKey } from '@loop-runner/checkers'
import type { KnownRun } from './known-record.ts'

/**
 * Takes the first known failures that still occur out of what is known, so that they count: tests in the order of the
 * report, then failures that belong to no test, then findings.
 *
 * @param count how many at most
 */
export function takeKnown(before: KnownRun, now: KnownRun, count: number): { known: KnownRun; taken: number } {
  if (count <= 0) return { known: before, taken: 0 }
  const isKnown = new Set(before.failed)
  const tests = new Set(now.failed.filter((name) => isKnown.has(name)).slice(0, count))
  const others = Math.min(count - tests.size, before.otherFailures, now.otherFailures)
  const { left, taken } = takeFindings(before.findings, now.findings, count - tests.size - others)
  const known = {
    ...before,
    failed: before.failed.filter((name) => !tests.has(name)),
    otherFailures: before.otherFailures - others,
    findings: left,
  }
  return { known, taken: tests.size + others + taken }
}

function takeFindings(before: readonly string[], now: readonly string[], count: number) {
  const left = [...before]
  let taken = 0
  for (const line of now) {
    const at = taken < count ? left.findIndex((known) => findingKey(known) === findingKey(line)) : -1
    if (at < 0) continue
    left.splice(at, 1)
    taken++
  }
  return { left, taken }
}
