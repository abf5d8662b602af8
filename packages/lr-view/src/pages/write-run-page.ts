import { basename } from 'node:path'
import { html, type Html } from '@loop-runner/html-page'
import { writeReport } from '../html/write-page.ts'
import type { Report } from '@loop-runner/run-report'
import { GIT_ACTIONS } from '../serve/run-actions.ts'
import { writeLayout } from './layout.ts'

interface RunPageState {
  readonly isAtWork: boolean
  /** What an action reported. */
  readonly message: { readonly text: string; readonly isError: boolean } | undefined
}

/** The page of a run: what can be done with it, its log while it runs, and the report. */
export function writeRunPage(report: Report, { isAtWork, message }: RunPageState): string {
  const id = basename(report.data.run)
  return writeLayout(
    `${report.data.state}: ${id}`,
    html`${message && html`<p class="notice ${message.isError ? 'bad' : 'good'}" role="${message.isError ? 'alert' : 'status'}">${message.text}</p>`}
      ${isAtWork && [writeActions(report, id, isAtWork), writeLog(id)]}
      <div id="report">${writeReport(report)}</div>
      ${!isAtWork && writeActions(report, id, isAtWork)} ${writeDownloads(report, id)}`,
  )
}

function writeLog(id: string): Html {
  return html`<section aria-labelledby="log-name">
    <h2 id="log-name">Log</h2>
    <p class="muted" id="log-status" role="status">Reload the page to see progress.</p>
    <ol class="log" id="log" data-events="/runs/${id}/events" tabindex="0" aria-labelledby="log-name"></ol>
  </section>`
}

function writeActions({ data }: Report, id: string, isAtWork: boolean): Html {
  const button = (action: string, label: string, command: string) =>
    html`<form action="/runs/${id}/${action}" method="post">
      <button type="submit">${label}</button> <code>${command}</code>
    </form> `
  const canResume = !isAtWork && data.state !== 'passed' && data.attempts.length === 0
  return html`<section aria-labelledby="actions-name">
    <h2 id="actions-name">Actions</h2>
    <div class="actions">
      ${isAtWork && button('stop', 'Stop (can be resumed)', 'Ctrl-C')} ${canResume && writeResume(id, data)}
      ${
        !isAtWork &&
        data.branch !== undefined &&
        Object.entries(GIT_ACTIONS).map(([action, label]) => button(action, label, `lr-git ${action}`))
      }
      ${!isAtWork && data.branch === undefined && html`<p class="muted">The run made no commits: there is nothing to undo by git.</p>`}
    </div>
  </section>`
}

/** A run that has used its iterations needs more of them. */
function writeResume(id: string, { settings }: Report['data']): Html {
  return html`<form action="/runs/${id}/resume" method="post">
    <button type="submit">Resume</button> <code>lr-loop --resume ${id}</code>
    <label
      >with at most
      <input type="number" name="iterations" min="1" placeholder="${settings.limits.iterations}" /> iterations</label
    >
  </form> `
}

function writeDownloads({ data, files }: Report, id: string): Html {
  const link = (path: string, name: string) =>
    html`<li>
      <a href="/runs/${id}/${path}">${name}</a> · <a href="/runs/${id}/${path}?download" download>Download ${name}</a>
      <button type="button" data-copy-from="/runs/${id}/${path}" hidden>Copy ${name}</button>
    </li> `
  return html`<section aria-labelledby="downloads-name">
    <h2 id="downloads-name">Files</h2>
    <ul>
      ${link('diff', 'diff')} ${data.commits.length > 0 && link('patch', 'patch')}
      ${[...files.after.keys()].map((path) => link(`files/${path.split('/').map(encodeURIComponent).join('/')}`, path))}
    </ul>
  </section>`
}
