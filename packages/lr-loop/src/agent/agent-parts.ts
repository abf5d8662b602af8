import { chmodSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Part } from '@loop-runner/block-format'
import { ROLE } from '@loop-runner/stage-protocol'
import type { AgentReport } from './run-agent.ts'

const MAX_TOLD = 20

/** What an agent did besides its versions, as lr-apply reports what a reply did. */
export function partsOfAgent({ words, told }: AgentReport): Part[] {
  return [
    ...(words === '' ? [] : [{ name: ROLE.explanation, content: `${words}\n` }]),
    ...(told.length === 0 ? [] : [{ name: ROLE.rejected, content: `${firstOf(told).join('\n')}\n` }]),
  ]
}

/** What is printed and put in the next prompt of many lines; all are in `ITERATION/agent.json`. */
export function firstOf(told: readonly string[]): string[] {
  if (told.length <= MAX_TOLD) return [...told]
  return [...told.slice(0, MAX_TOLD), `-: and ${told.length - MAX_TOLD} more`]
}

/** Files that an agent made executable are so. */
export function setModes({ modes }: AgentReport, cwd: string): void {
  for (const [path, mode] of Object.entries(modes)) {
    const stats = statSync(join(cwd, path), { throwIfNoEntry: false })
    if (stats?.isFile() && ((stats.mode ^ mode) & 0o111) !== 0) chmodSync(join(cwd, path), mode)
  }
}
