import { basename } from 'node:path'
import { plural, quoteCommand, writeCost, writeSeconds } from '@loop-runner/cli-kit'
import { diffSources, type FileDiff } from './diff-sources.ts'
import type { Report } from './report.ts'

/** How two runs differ, the first on the left. */
export interface Comparison {
  readonly names: readonly [left: string, right: string]
  /** Settings and figures, as text. */
  readonly facts: readonly (readonly [name: string, left: string, right: string])[]
  /** Tests that fail in the last check of at least one of them. */
  readonly tests: readonly { readonly name: string; readonly left: boolean; readonly right: boolean }[]
  /** From the files as the left run left them to those of the right one. */
  readonly diffs: readonly FileDiff[]
}

export function compareRuns(left: Report, right: Report): Comparison {
  const [inLeft, inRight] = [failingIn(left), failingIn(right)]
  return {
    names: [basename(left.data.run), basename(right.data.run)],
    facts: FACTS.map(([name, read]) => [name, read(left), read(right)]),
    tests: [...new Set([...inLeft, ...inRight])].map((name) => ({
      name,
      left: inLeft.has(name),
      right: inRight.has(name),
    })),
    diffs: diffSources(left.files.after, right.files.after),
  }
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

/** In the last round that was checked. */
function failingIn({ rounds }: Report): Set<string> {
  return new Set(rounds.findLast(({ checkRuns }) => checkRuns.length > 0)?.failing)
}
