import type { Part } from '@loop-runner/block-format'
import { contentsOf, readPaths, readUsage, type Role, ROLE } from '@loop-runner/stage-protocol'

/** What lr-git takes from lr-apply's report, and from what a loop has added to it. */
export interface Report {
  /** Paths from the working directory, each once. */
  readonly changed: readonly string[]
  /** The text of the reply outside new versions, without blank lines at its ends; empty if there is no such text. */
  readonly explanation: string
  readonly model: string | undefined
  /** The verdicts and scores of the check that the reply answers. */
  readonly outcomes: readonly string[]
  readonly scores: readonly string[]
}

/** Reads a report. Unknown blocks are ignored. */
export function readReport(parts: readonly Part[]): Report {
  const contents = (role: Role) => contentsOf(parts, role)
  const firstLines = (role: Role) => contents(role).map((content) => (content.split('\n')[0] ?? '').trim())
  const changed = [...new Set(contents(ROLE.changed).flatMap(readPaths))]
  const declared = changed.length === 0 ? contents(ROLE.declared) : []
  return {
    changed,
    explanation: [...contents(ROLE.blocked), ...declared, ...contents(ROLE.explanation)]
      .map((content) => content.trim())
      .filter((content) => content !== '')
      .join('\n\n'),
    model: contents(ROLE.usage)
      .flatMap((content) => readUsage(content).model ?? [])
      .at(-1),
    outcomes: [...new Set(firstLines(ROLE.outcome))].filter((outcome) => outcome !== ''),
    scores: firstLines(ROLE.score).filter((score) => score !== ''),
  }
}
