import { isBlock, type Part } from '@loop-runner/block-format'
import { contentsOf } from './contents.ts'
import { type Role, ROLE } from './roles.ts'

/** A run of a check: its command line, and the parts of the stream that follow up to the next run. */
export interface RunParts {
  readonly command: string
  readonly parts: readonly Part[]
}

/** The runs in a stream. An unnamed block opens a run and holds its command line; parts before the first run are left out. */
export function runsIn(stream: readonly Part[]): RunParts[] {
  const runs: { command: string; parts: Part[] }[] = []
  for (const part of stream) {
    if (isBlock(part) && part.name === ROLE.run) runs.push({ command: part.content, parts: [] })
    else runs.at(-1)?.parts.push(part)
  }
  return runs
}

/** What a run says in a role; the last of several blocks. */
export function contentIn({ parts }: RunParts, role: Role): string | undefined {
  return contentsOf(parts, role).at(-1)
}
