import { type Html, html, writeDocument } from '@loop-runner/html-page'
import type { TrialGroup } from './summarize-trials.ts'
import type { Table } from './write-tables.ts'

const WIDTH = 480
const ROW = 24

/** One page without outside references: the shares as a picture with their intervals, and the table. */
export function writeHtml(table: Table, groups: readonly TrialGroup[]): string {
  const trials = groups.reduce((sum, group) => sum + group.trials, 0)
  const fixed = groups.reduce((sum, group) => sum + group.counts.fixed, 0)
  const figure = (column: number) => column >= table.names && 'figure'
  return writeDocument(
    `Evaluation: ${fixed} of ${trials} fixed`,
    html`<h1>${fixed} of ${trials} trials fixed</h1>
      <p class="muted">Share of fixed trials with its 95 % interval (Wilson).</p>
      <section class="wide" tabindex="0" aria-label="Picture">${picture(groups)}</section>
      <section class="wide" tabindex="0" aria-label="Table">
        <table>
          <thead>
            <tr>
              ${table.headings.map((heading, column) => html`<th scope="col" class="${figure(column)}">${heading}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${table.rows.map(
              (row) =>
                html`<tr>
                  ${row.map((cell, column) => html`<td class="${figure(column)}">${cell}</td>`)}
                </tr> `,
            )}
          </tbody>
        </table>
      </section>`,
  )
}

/** A line for each group: a dot for the share, a bar for its interval. */
function picture(groups: readonly TrialGroup[]): Html {
  const labels = groups.map(({ values }) => values.join(' · '))
  const left = 16 + Math.min(360, 8 * Math.max(4, ...labels.map(({ length }) => length)))
  const x = (share: number) => (left + share * WIDTH).toFixed(1)
  const height = (groups.length + 1) * ROW
  const alternative = groups
    .map(({ counts, trials }, index) => `${labels[index] ?? ''}: ${counts.fixed} of ${trials}`)
    .join('; ')
  return html`<svg
    class="shares"
    role="img"
    aria-label="${alternative}"
    width="${left + WIDTH + 32}"
    height="${height}"
  >
    ${[0, 0.25, 0.5, 0.75, 1].map(
      (share) =>
        html`<line class="axis" x1="${x(share)}" x2="${x(share)}" y1="0" y2="${height - ROW}" />
          <text x="${x(share)}" y="${height - 6}" text-anchor="middle">${share * 100} %</text>`,
    )}
    ${groups.map((group, index) => writeGroup(group, labels[index] ?? '', index * ROW + ROW / 2, x))}
  </svg>`
}

function writeGroup(
  { share, interval: [low, high] }: TrialGroup,
  label: string,
  y: number,
  x: (share: number) => string,
): Html {
  return html`<text x="0" y="${y + 4}">${label}</text>${
      share !== undefined &&
      html`<line class="curve" x1="${x(low)}" x2="${x(high)}" y1="${y}" y2="${y}" />
        <circle class="dot" cx="${x(share)}" cy="${y}" r="5" />`
    }`
}
