import type { TrialGroup } from './summarize-trials.ts'
import type { Table } from './write-tables.ts'

const WIDTH = 480
const ROW = 24

const STYLE = `
:root { color-scheme: light dark; --text: #1f2328; --muted: #59636e; --line: #d1d9e0; --bar: #0969da; --bad: #cf222e; --page: #ffffff }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --muted: #9198a1; --line: #3d444d; --bar: #4493f8; --bad: #f85149; --page: #0d1117 } }
body { margin: 2rem auto; max-width: 72rem; padding: 0 1rem; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif }
.wide { overflow-x: auto }
table { border-collapse: collapse; margin: 1rem 0 }
th, td { border-bottom: 1px solid var(--line); padding: .3rem .8rem; text-align: left; white-space: nowrap }
.figure { text-align: right; font-variant-numeric: tabular-nums }
svg text { fill: var(--text); font: 13px system-ui, sans-serif }
svg .axis { stroke: var(--line) }
svg .bar { stroke: var(--bar); stroke-width: 2 }
svg .dot { fill: var(--bar) }
p { color: var(--muted) }
`

/** One page without outside references: the shares as a picture with their intervals, and the table. */
export function writeHtml(table: Table, groups: readonly TrialGroup[]): string {
  const trials = groups.reduce((sum, group) => sum + group.trials, 0)
  const fixed = groups.reduce((sum, group) => sum + group.counts.fixed, 0)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Evaluation: ${fixed} of ${trials} fixed</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${fixed} of ${trials} trials fixed</h1>
<p>Share of fixed trials with its 95 % interval (Wilson).</p>
<div class="wide">${picture(groups)}</div>
<div class="wide">
<table>
<thead><tr>${table.headings.map((heading, column) => `<th scope="col"${figureClass(table, column)}>${escapeHtml(heading)}</th>`).join('')}</tr></thead>
<tbody>
${table.rows.map((row) => `<tr>${row.map((cell, column) => `<td${figureClass(table, column)}>${escapeHtml(cell)}</td>`).join('')}</tr>`).join('\n')}
</tbody>
</table>
</div>
</main>
</body>
</html>
`
}

function figureClass({ names }: Table, column: number): string {
  return column < names ? '' : ' class="figure"'
}

function picture(groups: readonly TrialGroup[]): string {
  const labels = groups.map(({ values }) => values.join(' · '))
  const left = 16 + Math.min(360, 8 * Math.max(4, ...labels.map(({ length }) => length)))
  const x = (share: number) => (left + share * WIDTH).toFixed(1)
  const height = (groups.length + 1) * ROW
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      `<line class="axis" x1="${x(share)}" x2="${x(share)}" y1="0" y2="${height - ROW}"/>` +
      `<text x="${x(share)}" y="${height - 6}" text-anchor="middle">${share * 100} %</text>`,
  )
  const rows = groups.map(({ share, interval: [low, high] }, index) => {
    const y = index * ROW + ROW / 2
    const bar =
      share === undefined
        ? ''
        : `<line class="bar" x1="${x(low)}" x2="${x(high)}" y1="${y}" y2="${y}"/><circle class="dot" cx="${x(share)}" cy="${y}" r="5"/>`
    return `<text x="0" y="${y + 4}">${escapeHtml(labels[index] ?? '')}</text>${bar}`
  })
  const alternative = groups
    .map(({ counts, trials }, index) => `${labels[index]}: ${counts.fixed} of ${trials}`)
    .join('; ')
  return `<svg role="img" aria-label="${escapeHtml(alternative)}" width="${left + WIDTH + 32}" height="${height}">${ticks.join('')}${rows.join('')}</svg>`
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
