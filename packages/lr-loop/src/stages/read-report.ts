import { type Block, isBlock, type Part } from '@loop-runner/block-format'
import type { Reply, Usage } from '@loop-runner/stop-rules'

/** The reply that an apply stage reports. */
export function readReply(report: readonly Part[]): Reply {
  const has = (name: string) => contents(report, name).some((content) => content.trim() !== '')
  const kinds = {
    changed: 'changed',
    rejected: 'rejected',
    show: 'asked',
    blocked: 'blocked',
    unchanged: 'unchanged',
  } as const
  const found = (Object.keys(kinds) as (keyof typeof kinds)[]).find(has)
  return { kind: found === undefined ? 'nothing' : kinds[found], declared: has('declared') }
}

/**
 * The mean of the scores of a check's runs, those that it left out for an earlier failure being 0; where none has one, 1
 * for a pass and 0 for a fail.
 */
export function readScore(checked: readonly Part[], passed: boolean): number {
  const scores = contents(checked, 'score')
    .map((content) => Number.parseFloat(content))
    .filter((score) => score >= 0 && score <= 1)
  if (scores.length === 0) return passed ? 1 : 0
  const notRun = contents(checked, 'not-run').length
  return scores.reduce((sum, score) => sum + score, 0) / (scores.length + notRun)
}

/** The contents of all blocks of this name. */
export function contents(parts: readonly Part[], name: string): string[] {
  return parts.filter((part): part is Block => isBlock(part) && part.name === name).map(({ content }) => content)
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

/** What one call used, by the `usage` blocks of lr-apply's report; without one its cost is not known. */
export function readUsage(report: readonly Part[]): Usage {
  const objects = contents(report, 'usage').map(parseObject)
  const tokens = objects.reduce((sum, { input, output }) => sum + numberOr(input, 0) + numberOr(output, 0), 0)
  const costs = objects.map(({ cost }) => (typeof cost === 'number' ? cost : undefined))
  const isKnown = costs.length > 0 && costs.every((cost) => cost !== undefined)
  const cost = isKnown ? costs.reduce((sum, next) => sum + next, 0) : undefined
  return { calls: 1, tokens, cost }
}

function parseObject(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

function numberOr(value: unknown, fallback: number): number {
  return typeof value === 'number' ? value : fallback
}
