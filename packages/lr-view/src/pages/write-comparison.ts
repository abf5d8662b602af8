import { html, type Html } from '@loop-runner/html-page'
import { writeScores } from '../html/write-charts.ts'
import { writeDiff } from '../html/write-diff.ts'
import { compareRuns, type Comparison, describeState, type Report, type TestState } from '@loop-runner/run-report'
import { writeLayout } from './layout.ts'

const MAX_ROWS = 200

/** Two runs side by side: settings and figures, tests that fail at the end, and how their files differ. */
export function writeComparison(left: Report, right: Report): string {
  const { names, facts, tests, diffs } = compareRuns(left, right)
  return writeLayout(
    'Comparison',
    html`<h1>Comparison</h1>
      <section class="wide" tabindex="0" aria-label="Figures">
        <table>
          <thead>
            <tr>
              <td></td>
              ${names.map((name) => html`<th scope="col"><a href="/runs/${name}">${name}</a></th>`)}
            </tr>
          </thead>
          <tbody>
            ${facts.map(
              ([name, first, second]) =>
                html`<tr>
                  <th scope="row">${name}</th>
                  <td>${first}</td>
                  <td>${second}</td>
                </tr> `,
            )}
            <tr>
              <th scope="row">Scores</th>
              ${[left, right].map(({ rounds }, side) => html`<td>${writeScores(rounds, `Scores of ${names[side] ?? ''}`)}</td>`)}
            </tr>
          </tbody>
        </table>
      </section>
      ${writeTests(tests)}
      <h2>Files</h2>
      <p class="muted">As the first run left them (left), and as the second one did (right).</p>
      ${diffs.length === 0 ? html`<p>The files are the same.</p>` : diffs.map(writeDiff)}`,
  )
}

function writeTests(tests: Comparison['tests']): Html {
  if (tests.length === 0) return html``
  const cell = (fails: TestState) => {
    const tone = fails === undefined ? 'muted' : fails ? 'bad' : 'good'
    return html`<td class="${tone}">${describeState(fails)}</td>`
  }
  return html`<h2 id="tests">Tests that fail at the end</h2>
    <section class="wide" tabindex="0" aria-labelledby="tests">
      <table>
        <thead>
          <tr>
            <th scope="col">Test</th>
            <th scope="col">first run</th>
            <th scope="col">second run</th>
          </tr>
        </thead>
        <tbody>
          ${tests.slice(0, MAX_ROWS).map(
            ({ name, left, right }) =>
              html`<tr>
                <th scope="row">${name}</th>
                ${cell(left)}${cell(right)}
              </tr> `,
          )}
        </tbody>
      </table>
    </section>`
}
