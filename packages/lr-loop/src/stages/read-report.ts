import type { Part } from '@loop-runner/block-format'
import type { Reply, Usage } from '@loop-runner/stop-rules'
import { contentsOf, readScore, readUsage, ROLE } from '@loop-runner/stage-protocol'

/** The kind of a reply, by the first of these blocks in its report. */
const KINDS = {
  [ROLE.changed]: 'changed',
  [ROLE.rejected]: 'rejected',
  [ROLE.show]: 'asked',
  [ROLE.blocked]: 'blocked',
  [ROLE.unchanged]: 'unchanged',
} as const

/** The reply that an apply stage reports. */
export function readReply(report: readonly Part[]): Reply {
  const has = (role: keyof typeof KINDS | typeof ROLE.declared) =>
    contentsOf(report, role).some((content) => content.trim() !== '')
  const found = (Object.keys(KINDS) as (keyof typeof KINDS)[]).find(has)
  return { kind: found === undefined ? 'nothing' : KINDS[found], declared: has(ROLE.declared) }
}

/** More of them would hide the rest of a summary. */
const MOST_DOUBTS = 10

/** The lines by which lr-check reports suspicious code and doubtful passes. */
export function readDoubts(checked: readonly Part[]): string[] {
  const lines = contentsOf(checked, ROLE.stderr).flatMap((content) => content.split('\n'))
  const doubts = lines.flatMap((line) => /^lr-check: ((?:suspicious|doubtful pass): .*)$/.exec(line)?.[1] ?? [])
  return [...new Set(doubts)].slice(0, MOST_DOUBTS)
}

/** How many known failures lr-check left out. */
export function countKnown(checked: readonly Part[]): number {
  const marks = contentsOf(checked, ROLE.stdout).flatMap((content) => [
    ...content.matchAll(/^\[… (\d+) known (?:failing tests?|findings?) left out …\]$/gm),
  ])
  return marks.reduce((sum, [, count]) => sum + Number(count), 0)
}

/**
 * The mean of the scores of a check's runs, those that it left out for an earlier failure being 0; where none has one, 1
 * for a pass and 0 for a fail.
 */
export function scoreOfCheck(checked: readonly Part[], passed: boolean): number {
  const scores = contentsOf(checked, ROLE.score).flatMap((content) => readScore(content)?.score ?? [])
  if (scores.length === 0) return passed ? 1 : 0
  const notRun = contentsOf(checked, ROLE.notRun).length
  return scores.reduce((sum, score) => sum + score, 0) / (scores.length + notRun)
}

/** A call without a cost makes the sum unknown. */
export function addUsage(before: Usage, { calls, tokens, cost }: Usage): Usage {
  const known = before.cost !== undefined && cost !== undefined
  return {
    calls: before.calls + calls,
    tokens: before.tokens + tokens,
    cost: known ? before.cost + cost : undefined,
  }
}

/** What one call used; estimated if the server reported no usage. `cached` of its tokens came from the provider's cache. */
export type CallUsage = Usage & { readonly cached: number; readonly estimated: boolean }

/** What one call used, by the `usage` blocks of lr-apply's report; without one its cost is not known. */
export function usageOfCall(report: readonly Part[]): CallUsage {
  const used = contentsOf(report, ROLE.usage).map(readUsage)
  const tokens = used.reduce((sum, { input, output }) => sum + input + output, 0)
  const cached = used.reduce((sum, call) => sum + call.cached, 0)
  const costs = used.map(({ cost }) => cost)
  const isKnown = costs.length > 0 && costs.every((cost) => cost !== undefined)
  const cost = isKnown ? costs.reduce((sum, next) => sum + next, 0) : undefined
  return { calls: 1, tokens, cached, cost, estimated: used.some(({ estimated }) => estimated) }
}
