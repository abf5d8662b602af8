import { basename } from 'node:path'
import { plural, quoteCommand, writeCost, writeSeconds } from '@loop-runner/cli-kit'
import { diffSources, type FileDiff } from './diff-sources.ts'
import type { Report } from './report.ts'
import { isReliable } from './test-grid.ts'

/** Whether a test fails at the end of a run; undefined if its last check did not report the tests. */
export type TestState = boolean | undefined

/** It in a mark and words. */
export function describeState(fails: TestState): string {
  if (fails === undefined) return '? not reported'
  return fails ? '✗ fails' : '✓ not failing'
}

/** How two runs differ, the first on the left. */
export interface Comparison {
  readonly names: readonly [left: string, right: string]
  /** Settings and figures, as text. */
  readonly facts: readonly (readonly [name: string, left: string, right: string])[]
  /** Tests that fail in the last check of at least one of them. */
  readonly tests: readonly { readonly name: string; readonly left: TestState; readonly right: TestState }[]
  /** From the files as the left run left them to those of the right one. */
  readonly diffs: readonly FileDiff[]
}

export function compareRuns(left: Report, right: Report): Comparison {
  const [inLeft, inRight] = [failingIn(left), failingIn(right)]
  return {
    names: [basename(left.data.run), basename(right.data.run)],
    facts: FACTS.map(([name, read]) => [name, read(left), read(right)]),
    tests: [...new Set([...(inLeft ?? []), ...(inRight ?? [])])].map((name) => ({
      name,
      left: inLeft?.has(name),
      right: inRight?.has(name),
    })),
    diffs: diffSources(...comparableFiles(left, right)),
  }
}

type Files = ReadonlyMap<string, string>

/** The files as two runs left them, without those that are sources of one run alone: the other has not deleted them. */
export function comparableFiles(
  { files: left }: Pick<Report, 'files'>,
  { files: right }: Pick<Report, 'files'>,
): [left: Files, right: Files] {
  return [withoutUnseen(left, right), withoutUnseen(right, left)]
}

/** A file that a run made counts, and one that the other run deleted. */
function withoutUnseen(own: Report['files'], other: Report['files']): Files {
  const counts = (path: string) => other.after.has(path) || other.before.has(path) || !own.before.has(path)
  return new Map([...own.after].filter(([path]) => counts(path)))
}

const FACTS: readonly [string, (report: Report) => string][] = [
  ['Result', ({ data }) => data.message],
  ['Task', ({ data }) => data.settings.stages.instructions ?? 'fix what fails'],
  ['Model', ({ data }) => data.settings.replaced['llm'] ?? data.settings.stages.model ?? '–'],
  ['Sources', ({ data }) => quoteCommand(data.settings.stages.sources)],
  ['Check', ({ data }) => data.settings.replaced['check'] ?? quoteCommand(data.settings.stages.checkCommand ?? [])],
  ['Agent', ({ data }) => data.settings.agent?.command ?? '–'],
  ['Label', ({ data }) => data.settings.label ?? '–'],
  ['Folder', ({ data }) => data.settings.cwd],
  ['Started from', ({ startCommit }) => startCommit?.slice(0, 12) ?? '–'],
  ['Replies', ({ data }) => String(data.usage.calls)],
  ['Last score', ({ rounds }) => rounds.findLast(({ check }) => check)?.check?.score.toFixed(2) ?? '–'],
  ['Tokens', ({ data }) => plural(data.usage.tokens, 'token')],
  ['Cost', ({ data }) => writeCost(data.usage.cost)],
  ['Time', ({ data }) => writeSeconds(Math.max(0, Date.parse(data.lastAt) - Date.parse(data.beganAt)) / 1000)],
]

/** In the last round that was checked; undefined if its check did not report the tests. */
function failingIn({ rounds }: Report): Set<string> | undefined {
  const last = rounds.findLast(({ checkRuns }) => checkRuns.length > 0)
  return last && isReliable(last) ? new Set(last.failing) : undefined
}
