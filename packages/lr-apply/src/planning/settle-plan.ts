import { DEVIATIONS, type DeviationCode, type Finding } from '@loop-runner/reply-format'
import type { Plan } from './plan-reply.ts'

/** How strictly a reply is taken. */
export interface Strictness {
  /** Whether repairs are refused too. */
  readonly strict: boolean
  /** Whether the good versions of a reply that has bad ones are written. */
  readonly partial: boolean
}

/**
 * Decides what of a plan is done, once everything is known that is wrong with the reply.
 *
 * @param noted what the reader put right, @param rejected what it could not use
 */
export function settlePlan(
  plan: Plan,
  noted: readonly Finding[],
  rejected: readonly Finding[],
  { strict, partial }: Strictness,
): Plan {
  const allNoted = [...noted, ...plan.noted]
  const repairs = strict ? allNoted.filter(({ code }) => DEVIATIONS[code].action !== 'accept') : []
  const allRejected = [...rejected, ...plan.rejected, ...repairs.map(asRefusal)]
  const left = allNoted.filter((finding) => !repairs.includes(finding))
  if (allRejected.length === 0) return { ...plan, noted: left }
  const bad = new Set(allRejected.map(({ path }) => path))
  const isGood = ({ path }: { path: string }) => partial && !bad.has(path) && !bad.has(undefined)
  const held = plan.changes
    .filter((change) => !isGood(change) && !bad.has(change.path))
    .map(({ path }) => heldBack(path))
  const changes = plan.changes.filter(isGood)
  return {
    ...plan,
    changes,
    unchanged: plan.unchanged.filter((path) => !bad.has(path)),
    noted: left.filter((finding) => isStillTrue(finding, changes.length > 0, allRejected)),
    rejected: [...allRejected, ...held],
  }
}

/** Notes on text outside of versions. */
const OF_TEXT = new Set<DeviationCode>(['reasoning', 'role-block'])

/** Whether a note holds although something is refused: a repair is noted only if its version is written. */
function isStillTrue({ code, path, line }: Finding, isWritten: boolean, rejected: readonly Finding[]): boolean {
  if (DEVIATIONS[code].action === 'accept' || OF_TEXT.has(code)) return true
  const isRefused = (other: Finding) =>
    (path !== undefined && other.path === path) || (line !== undefined && other.line === line)
  return isWritten && !rejected.some(isRefused)
}

/** What would be put right, in the words of a refusal. */
function asRefusal(finding: Finding): Finding {
  return { ...finding, message: `${DEVIATIONS[finding.code].what} (send it without that)` }
}

function heldBack(path: string): Finding {
  const message =
    'not written, because of the others: a reply counts as a whole (send this version again with the rest)'
  return { code: 'held-back', path, message }
}
