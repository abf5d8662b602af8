import { quoteCommand, writeCost, writeSeconds } from '@loop-runner/cli-kit'
import { html, type Html } from '@loop-runner/html-page'
import type { Filter, RunRow } from '../serve/list-runs.ts'
import { writeLayout } from './layout.ts'

/** Rows on the page; a search reaches the others. */
const MAX_ROWS = 200

/** The list of runs, with a form to search it and one to compare two of them. */
export function writeRunList(
  all: readonly RunRow[],
  rows: readonly RunRow[],
  filter: Filter,
  { q, root }: { readonly q: string; readonly root: string },
): string {
  return writeLayout(
    'Runs',
    html`<h1>Runs</h1>
      <p class="muted">In <code>${root}</code> and below. <a href="/new">Start a run</a></p>
      <form class="search" action="/runs" method="get" role="search">
        <label>Search <input type="search" name="q" value="${q}" /></label>
        ${choose(
          'Label',
          'label',
          filter.label,
          all.map(({ label }) => label),
        )}
        ${choose(
          'Model',
          'model',
          filter.model,
          all.map(({ model }) => model),
        )}
        ${choose(
          'State',
          'state',
          filter.state,
          all.map(({ state }) => state),
        )}
        <button type="submit">Search</button>
      </form>
      ${rows.length === 0 ? html`<p>${all.length === 0 ? 'No runs yet.' : 'No run matches.'}</p>` : writeTable(rows)}`,
  )
}

function choose(name: string, field: string, chosen: string, values: readonly (string | null)[]): Html {
  const choices = [...new Set(values.flatMap((value) => (value === null ? [] : [value])))].toSorted()
  return html`<label
    >${name}
    <select name="${field}">
      <option value="">all</option>
      ${choices.map((value) => html`<option value="${value}" ${value === chosen && html`selected`}>${value}</option>`)}
    </select></label
  >`
}

function writeTable(rows: readonly RunRow[]): Html {
  return html`<form action="/compare" method="get">
    <section class="wide" tabindex="0" aria-label="Runs">
      <table class="runs">
        <thead>
          <tr>
            <th scope="col">Compare</th>
            <th scope="col">State</th>
            <th scope="col">Run, folder</th>
            <th scope="col">Model, check</th>
            <th scope="col" class="figure">Score</th>
            <th scope="col" class="figure">Replies</th>
            <th scope="col" class="figure">Cost</th>
            <th scope="col" class="figure">Time</th>
          </tr>
        </thead>
        <tbody>
          ${rows.slice(0, MAX_ROWS).map(writeRow)}
        </tbody>
      </table>
    </section>
    <p>
      <button type="submit">Compare the two chosen runs</button>
      ${rows.length > MAX_ROWS && html`<span class="muted">${rows.length - MAX_ROWS} older runs are not listed: search for them.</span>`}
    </p>
  </form>`
}

function writeRow(row: RunRow): Html {
  const { id, state, label, model, check, passed, scores, replies, cost, seconds, cwd } = row
  const tone = passed ? 'good' : state === 'at work' ? 'warn' : 'bad'
  return html`<tr>
    <td><input type="checkbox" name="run" value="${id}" aria-label="Compare ${id}" /></td>
    <td><span class="verdict ${tone}">${state}</span></td>
    <td>
      <a href="/runs/${id}">${id}</a>${label !== null && html` ${label}`}
      <div class="muted">${cwd}</div>
    </td>
    <td>
      ${model ?? '–'}
      <div><code>${typeof check === 'string' ? check : check === null ? '' : quoteCommand(check)}</code></div>
    </td>
    <td class="figure">${scores.at(-1)?.toFixed(2) ?? '–'}</td>
    <td class="figure">${replies}</td>
    <td class="figure">${cost === null ? '–' : writeCost(cost)}</td>
    <td class="figure">${writeSeconds(seconds)}</td>
  </tr> `
}
