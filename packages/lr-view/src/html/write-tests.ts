import { type Cell, type ReportRound, testGrid } from '@loop-runner/run-report'
import { html, Html } from '@loop-runner/html-page'

const CELLS: Readonly<Record<Cell, { mark: string; tone: string; meaning: string }>> = {
  failing: { mark: '✗', tone: 'bad', meaning: 'fails' },
  broke: { mark: '✗!', tone: 'bad', meaning: 'fails, passed before' },
  fixed: { mark: '✓!', tone: 'good', meaning: 'passes, failed before' },
  passing: { mark: '✓', tone: 'good', meaning: 'passes' },
  unknown: { mark: '?', tone: 'muted', meaning: 'unknown' },
}
const MAX_ROWS = 200

/** A table of the tests that failed in any round, by round. */
export function writeTests(rounds: readonly ReportRound[], id = 'tests', heading: 'h2' | 'h3' = 'h2'): Html {
  const rows = testGrid(rounds)
  if (rows.length === 0) return html``
  return html`<${new Html(heading)} id="${id}">Tests</${new Html(heading)}>
    <p class="muted">
      Tests that failed in at least one round: ✗ fails, ✓ passes, ! changed in this round, ? the check did not report
      it.
    </p>
    <section class="wide" tabindex="0" aria-labelledby="${id}">
      <table class="grid">
        <thead>
          <tr>
            <th scope="col">Test</th>
            ${rounds.map(({ iteration }) => html`<th scope="col">${iteration}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.slice(0, MAX_ROWS).map(
            ({ name, cells }) =>
              html`<tr>
                <th scope="row">${name}</th>
                ${cells.map((cell) => {
                  const { mark, tone, meaning } = CELLS[cell]
                  return html`<td class="${tone}"><span title="${meaning}">${mark}</span></td>`
                })}
              </tr> `,
          )}
        </tbody>
      </table>
    </section>
    ${rows.length > MAX_ROWS && html`<p class="muted">${rows.length - MAX_ROWS} more are not listed.</p>`}`
}
