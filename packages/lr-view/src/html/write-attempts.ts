import { writeCost } from '@loop-runner/cli-kit'
import type { AttemptReport, Report } from '@loop-runner/run-report'
import { html, type Html } from '@loop-runner/html-page'
import { writeScores } from './write-charts.ts'
import { writeRounds } from './write-round.ts'
import { writeTests } from './write-tests.ts'

/** The attempts of a run, compared in a table; nothing for a run without attempts. */
export function writeAttempts({ attempts, data }: Report): Html {
  if (attempts.length === 0) return html``
  return html`<h2 id="attempts">Attempts</h2>
    <section class="wide" tabindex="0" aria-labelledby="attempts">
      <table>
        <thead>
          <tr>
            <th scope="col" class="figure">Attempt</th>
            <th scope="col">Ended</th>
            <th scope="col">Model</th>
            <th scope="col" class="figure">Temperature</th>
            <th scope="col" class="figure">Replies</th>
            <th scope="col" class="figure">Score</th>
            <th scope="col">Scores</th>
            <th scope="col" class="figure">Cost</th>
          </tr>
        </thead>
        <tbody>
          ${attempts.map((attempt) => writeRow(attempt, data.settings.stages.model))}
        </tbody>
      </table>
    </section>`
}

/** What happened in each attempt, folded. */
export function writeAttemptDetails({ attempts }: Report, limit: number): Html {
  return html`${attempts.map(
    ({ data: { attempt, state, passed, kept }, rounds }) =>
      html`<details class="attempt" id="attempt-${attempt}" ${kept ? html` open` : ''}>
        <summary>Attempt ${attempt} ${writeState(state, passed)}${kept ? ' kept' : ''}</summary>
        <div>${writeTests(rounds, attempt)} ${writeRounds(rounds, limit, `attempt-${attempt}-`)}</div>
      </details> `,
  )}`
}

function writeRow({ data, rounds }: AttemptReport, common: string | undefined): Html {
  const { attempt, state, passed, kept, model, temperature, score, view } = data
  return html`<tr>
    <td class="figure"><a href="#attempt-${attempt}">${attempt}</a></td>
    <td>${writeState(state, passed)}${kept ? ' kept' : ''}</td>
    <td>${model ?? common ?? '–'}</td>
    <td class="figure">${temperature ?? '–'}</td>
    <td class="figure">${view.usage.calls}</td>
    <td class="figure">${score?.toFixed(2) ?? '–'}</td>
    <td>${writeScores(rounds, `Scores of attempt ${attempt}`)}</td>
    <td class="figure">${writeCost(view.usage.cost)}</td>
  </tr> `
}

function writeState(state: string, passed: boolean): Html {
  return html`<span class="verdict ${passed ? 'good' : state === 'at work' ? 'warn' : 'bad'}">${state}</span>`
}
