import { basename } from 'node:path'
import { quoteCommand } from '@loop-runner/cli-kit'
import { plural, writeCost, writeSeconds } from '../figures.ts'
import { html, type Html } from '../html/html.ts'
import { writeScores } from '../html/write-charts.ts'
import { writeDiff } from '../html/write-diff.ts'
import { diffSources } from '../report/diff-sources.ts'
import type { Report } from '../report/report.ts'
import { writeLayout } from './layout.ts'

/** Two runs side by side: settings and figures, tests that fail at the end, and how their files differ. */
export function writeComparison(left: Report, right: Report): string {
  const diffs = diffSources(left.files.after, right.files.after)
  const rows = FACTS.map(([name, read]) => [name, read(left), read(right)] as const)
  return writeLayout(
    'Comparison',
    html`<h1>Comparison</h1>
      <section class="wide" tabindex="0" aria-label="Figures">
        <table>
          <thead>
            <tr>
              <td></td>
              ${[left, right].map(({ data }) => html`<th scope="col"><a href="/runs/${basename(data.run)}">${basename(data.run)}</a></th>`)}
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              ([name, first, second]) =>
                html`<tr>
                  <th scope="row">${name}</th>
                  <td>${first}</td>
                  <td>${second}</td>
                </tr> `,
            )}
            <tr>
              <th scope="row">Scores</th>
              ${[left, right].map(({ data, rounds }) => html`<td>${writeScores(rounds, `Scores of ${basename(data.run)}`)}</td>`)}
            </tr>
          </tbody>
        </table>
      </section>
      ${writeTests(left, right)}
      <h2>Files</h2>
      <p class="muted">As the first run left them (left), and as the second one did (right).</p>
      ${diffs.length === 0 ? html`<p>The files are the same.</p>` : diffs.map(writeDiff)}`,
  )
}

const FACTS: readonly [string, (report: Report) => string][] = [
  ['Result', ({ data }) => data.message],
  ['Task', ({ data }) => data.settings.stages.instructions ?? 'fix what fails'],
  ['Model', ({ data }) => data.settings.replaced['llm'] ?? data.settings.stages.model ?? '–'],
  ['Sources', ({ data }) => quoteCommand(data.settings.stages.sources)],
  ['Check', ({ data }) => data.settings.replaced['check'] ?? quoteCommand(data.settings.stages.checkCommand ?? [])],
  ['Folder', ({ data }) => data.settings.cwd],
  ['Started from', ({ startCommit }) => startCommit?.slice(0, 12) ?? '–'],
  ['Replies', ({ data }) => String(data.usage.calls)],
  ['Last score', ({ rounds }) => rounds.findLast(({ check }) => check)?.check?.score.toFixed(2) ?? '–'],
  ['Tokens', ({ data }) => plural(data.usage.tokens, 'token')],
  ['Cost', ({ data }) => writeCost(data.usage.cost)],
  ['Time', ({ data }) => writeSeconds(Math.max(0, Date.parse(data.lastAt) - Date.parse(data.beganAt)) / 1000)],
]

function writeTests(left: Report, right: Report): Html {
  const [first, second] = [failingIn(left), failingIn(right)]
  const names = [...new Set([...first, ...second])]
  if (names.length === 0) return html``
  const cell = (fails: boolean) =>
    html`<td class="${fails ? 'bad' : 'good'}">${fails ? '✗ fails' : '✓ not failing'}</td>`
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
          ${names.slice(0, 200).map(
            (name) =>
              html`<tr>
                <th scope="row">${name}</th>
                ${cell(first.has(name))}${cell(second.has(name))}
              </tr> `,
          )}
        </tbody>
      </table>
    </section>`
}

/** In the last round that was checked. */
function failingIn({ rounds }: Report): Set<string> {
  return new Set(rounds.findLast(({ checkRuns }) => checkRuns.length > 0)?.failing)
}
