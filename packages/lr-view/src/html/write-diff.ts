import type { DiffLine, FileDiff } from '@loop-runner/run-report'
import { html, type Html } from '@loop-runner/html-page'

/** A diff with more changed lines than this is folded. */
const OPEN_LINES = 60

/** The diff of a file, old and new side by side; on a narrow screen below each other. */
export function writeDiff({ path, kind, added, removed, hunks }: FileDiff): Html {
  return html`<details${added + removed <= OPEN_LINES ? html` open` : ''}><summary><code>${path}</code> ${kind === 'changed' ? '' : `(${kind}) `}<span class="good">+${added}</span> <span class="bad">−${removed}</span></summary>
${
  hunks.length === 0
    ? html`<p class="muted">The versions are too different to be compared line by line.</p>`
    : html`<div class="diff">
        ${hunks.map((hunk, index) => [index > 0 && html`<span class="gap">⋯</span>`, pairLines(hunk).map(writePair)])}
      </div>`
}</details>
`
}

interface Pair {
  readonly left: DiffLine | undefined
  readonly right: DiffLine | undefined
}

/** Removed lines stand beside the added lines that follow them. */
function pairLines(lines: readonly DiffLine[]): Pair[] {
  const pairs: Pair[] = []
  for (let at = 0; at < lines.length;) {
    const line = lines[at]
    if (line?.kind === 'same') {
      pairs.push({ left: line, right: line })
      at++
      continue
    }
    const removed = takeWhile(lines, at, 'removed')
    const added = takeWhile(lines, at + removed.length, 'added')
    for (let row = 0; row < Math.max(removed.length, added.length); row++)
      pairs.push({ left: removed[row], right: added[row] })
    at += removed.length + added.length
  }
  return pairs
}

function takeWhile(lines: readonly DiffLine[], from: number, kind: DiffLine['kind']): DiffLine[] {
  const end = lines.findIndex((line, index) => index >= from && line.kind !== kind)
  return lines.slice(from, end < 0 ? undefined : end)
}

function writePair({ left, right }: Pair): Html {
  // On a narrow screen the second copy of an unchanged line is not shown.
  return html`${writeSide(left, left?.before, '')}${writeSide(right, right?.after, left === right ? ' twin' : '')}`
}

const MARKS = { same: ' ', removed: '−', added: '+' } as const

function writeSide(line: DiffLine | undefined, number: number | undefined, extra: string): Html {
  if (!line) return html`<span class="number empty"></span><span class="empty"></span>`
  const kind = line.kind === 'same' ? '' : ` ${line.kind}`
  return html`<span class="number${kind}${extra}">${number}</span
    ><span class="line${kind}${extra}">${MARKS[line.kind]}${line.text}</span>`
}
