import { type Cell, CELL_MARKS, type ReportRound, testGrid } from '@loop-runner/run-report'
import { html, Html } from '@loop-runner/html-page'

const TONES: Readonly<Record<Cell, string>> = {
  failing: 'bad',
  broke: 'bad',
  fixed: 'good',
  passing: 'good',
  unknown: 'muted',
}
const MAX_ROWS = 200

/** A table of the tests that failed in any round, by round. */
export function writeTests(rounds: readonly ReportRound[], attempt?: number): Html {
  const [id, name, heading] =
    attempt === undefined ? ['tests', 'Tests', 'h2'] : [`attempt-${attempt}-tests`, `Tests of attempt ${attempt}`, 'h3']
  const rows = testGrid(rounds)
  if (rows.length === 0) return html``
  return html`<${new Html(heading)} id="${id}">${name}</${new Html(heading)}>
    <p class="muted">
      Tests that failed in at least one round: ✗ fails, ✓ passes, ! changed in this round, ? the check did not report
      it.
    </p>
    <section class="wide" tabindex="0" aria-labelledby="${id}">
      <table class="grid">
        <thead>
          <tr>
            <th scope="col">Test, by round</th>
            ${rounds.map(({ iteration }) => html`<th scope="col">${iteration}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.slice(0, MAX_ROWS).map(
            ({ name, cells }) =>
              html`<tr>
                <th scope="row">${name}</th>
                ${cells.map((cell) => html`<td class="${TONES[cell]}">${CELL_MARKS[cell]}</td>`)}
              </tr> `,
          )}
        </tbody>
      </table>
    </section>
    ${rows.length > MAX_ROWS && html`<p class="muted">${rows.length - MAX_ROWS} more are not listed.</p>`}`
}
