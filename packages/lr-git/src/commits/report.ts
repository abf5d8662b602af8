import { isBlock, type Part, pathOfName, readName } from '@loop-runner/block-format'

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
  const contents = (name: string) =>
    parts.filter(isBlock).flatMap((block) => (block.name === name ? [block.content] : []))
  const firstLines = (name: string) => contents(name).map((content) => (content.split('\n')[0] ?? '').trim())
  const changed = [...new Set(contents('changed').flatMap(readPaths))]
  const declared = changed.length === 0 ? contents('declared') : []
  return {
    changed,
    explanation: [...contents('blocked'), ...declared, ...contents('explanation')]
      .map((content) => content.trim())
      .filter((content) => content !== '')
      .join('\n\n'),
    model: contents('usage').flatMap(readModel).at(-1),
    outcomes: [...new Set(firstLines('outcome'))].filter((outcome) => outcome !== ''),
    scores: firstLines('score').filter((score) => score !== ''),
  }
}

/** One a line, spelled as names of blocks are. */
function readPaths(content: string): string[] {
  return content.split('\n').flatMap((line) => {
    const spelling = line.replace(/\r$/, '')
    return spelling === '' ? [] : [pathOfName(readName(spelling) ?? spelling)]
  })
}

function readModel(usage: string): string[] {
  try {
    const { model } = JSON.parse(usage) as { model?: unknown }
    return typeof model === 'string' ? [model] : []
  } catch {
    return []
  }
}
