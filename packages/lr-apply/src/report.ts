import { spellName } from '@loop-runner/block-format'
import type { Finding } from '@loop-runner/reply-format'
import { listOf, type Role, ROLE, writePaths, writeRole } from '@loop-runner/stage-protocol'

/** What came of a reply. Empty parts are left out of the stream. */
export interface Report {
  /** Paths that were written, or would be. */
  readonly changed: readonly string[]
  /** Paths whose new version is what they hold already. */
  readonly unchanged: readonly string[]
  readonly rejected: readonly Finding[]
  readonly noted: readonly Finding[]
  readonly declared: string | undefined
  /** Paths that the model asks to see in the next prompt, as it wrote them. */
  readonly show: readonly string[]
  /** Why the model says that it cannot be done. */
  readonly blocked: string | undefined
  readonly explanation: string
  readonly diff: string | undefined
  readonly usage: string | undefined
}

/** The report as a block stream (docs/format.md, roles). */
export function writeReport(report: Report): string {
  const blocks: [Role, string][] = [
    [ROLE.changed, writePaths(report.changed)],
    [ROLE.unchanged, writePaths(report.unchanged)],
    [ROLE.rejected, listOf(report.rejected.map(rejection))],
    [ROLE.declared, report.declared === undefined ? '' : `${report.declared}\n`],
    [ROLE.show, listOf(report.show)],
    [ROLE.blocked, report.blocked === undefined ? '' : `${report.blocked}\n`],
    [ROLE.explanation, report.explanation],
    [ROLE.diff, report.diff ?? ''],
    [ROLE.usage, report.usage ?? ''],
  ]
  return blocks.map(([role, content]) => (content === '' ? '' : writeRole(role, content))).join('')
}

/** The report as one JSON object. */
export function writeJsonReport(report: Report): string {
  const usage = report.usage === undefined ? undefined : (JSON.parse(report.usage) as unknown)
  const show = report.show.length === 0 ? undefined : report.show
  return `${JSON.stringify({ ...report, show, usage })}\n`
}

/** `PATH: reason`, or `-: reason` where there is no path. */
export function rejection({ path, message }: Finding): string {
  return `${path === undefined || path === '' ? '-' : spellName(path)}: ${message}`
}
