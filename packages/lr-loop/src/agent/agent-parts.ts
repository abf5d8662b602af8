import { chmodSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isBlock, type Part } from '@loop-runner/block-format'
import { contentsOf, hasRole, readPaths, ROLE, writePaths } from '@loop-runner/stage-protocol'
import type { AgentReport } from './run-agent.ts'

const MAX_TOLD = 20

/** The changes of an agent besides its versions, in the form in which lr-apply reports a reply. */
export function partsOfAgent({ words, told }: AgentReport): Part[] {
  return [
    ...(words === '' ? [] : [{ name: ROLE.explanation, content: `${words}\n` }]),
    ...(told.length === 0 ? [] : [{ name: ROLE.rejected, content: `${firstOf(told).join('\n')}\n` }]),
  ]
}

/** The number of lines that are printed and put into the next prompt; all are in `ITERATION/agent.json`. */
export function firstOf(told: readonly string[]): string[] {
  if (told.length <= MAX_TOLD) return [...told]
  return [...told.slice(0, MAX_TOLD), `-: and ${told.length - MAX_TOLD} more`]
}

/** A report in which files whose mode alone is another are changed ones; without such files, the report itself. */
export function withModes(report: readonly Part[], { remoded = [] }: AgentReport): readonly Part[] {
  const pathsOf = (role: typeof ROLE.changed | typeof ROLE.unchanged) => contentsOf(report, role).flatMap(readPaths)
  const [changed, unchanged] = [pathsOf(ROLE.changed), pathsOf(ROLE.unchanged)]
  const found = remoded.filter((path) => unchanged.includes(path))
  if (found.length === 0) return report
  const listed = (name: string, paths: readonly string[]) =>
    paths.length === 0 ? [] : [{ name, content: writePaths(paths) }]
  const others = report.filter(
    (part) => !isBlock(part) || !(hasRole(part, ROLE.changed) || hasRole(part, ROLE.unchanged)),
  )
  return [
    ...listed(ROLE.changed, [...changed, ...found]),
    ...listed(
      ROLE.unchanged,
      unchanged.filter((path) => !found.includes(path)),
    ),
    ...others,
  ]
}

/** Files of a report that an agent made executable are so. */
export function setModes(report: readonly Part[], { modes }: AgentReport, cwd: string): void {
  for (const path of [ROLE.changed, ROLE.unchanged].flatMap((role) => contentsOf(report, role).flatMap(readPaths))) {
    const mode = modes[path]
    const stats = statSync(join(cwd, path), { throwIfNoEntry: false })
    if (mode !== undefined && stats?.isFile() && ((stats.mode ^ mode) & 0o111) !== 0) chmodSync(join(cwd, path), mode)
  }
}
