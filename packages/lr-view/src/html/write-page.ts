import { plural, quoteCommand, writeCost, writeSeconds } from '@loop-runner/cli-kit'
import type { Report, RunData } from '@loop-runner/run-report'
import { type Html, html, writeDocument } from '@loop-runner/html-page'
import { writeAttemptDetails, writeAttempts } from './write-attempts.ts'
import { writeCharts } from './write-charts.ts'
import { writeRounds } from './write-round.ts'
import { writeTests } from './write-tests.ts'

/** A run as one HTML file: no script, no outside references. */
export function writePage(report: Report): string {
  return writeDocument(report.data.message, writeReport(report))
}

/** What there is to say about a run, from the verdict on. */
export function writeReport(report: Report): Html {
  const { data, rounds } = report
  return html`<h1><span class="verdict ${toneOf(data)}">${data.state}</span> ${verdictOf(data)}</h1>
    ${writeFacts(report)}
    <h2>Rounds</h2>
    ${writeCharts(rounds)} ${writeAttempts(report)} ${writeTests(rounds)}
    <h2 id="rounds">Details</h2>
    ${writeRounds(rounds)} ${writeAttemptDetails(report)}
    <h2>What you can do</h2>
    <ul>
      ${data.next.map((line) => html`<li><code>${line}</code></li>`)}
    </ul>
    <p class="muted">Files of this run: <code>${data.run}</code></p>`
}

/** The message without the state, which is shown already. */
function verdictOf({ state, message }: RunData): string {
  if (message === state) return ''
  return message.startsWith(`${state}: `) ? message.slice(state.length + 2) : message
}

function toneOf({ end }: RunData): string {
  return end === undefined ? 'warn' : end.status === 0 ? 'good' : 'bad'
}

function writeFacts({ data, startCommit }: Report): Html {
  const { settings, usage, branch, end } = data
  const { sources, checkCommand, instructions, model } = settings.stages
  const seconds = (Date.parse(data.lastAt) - Date.parse(data.beganAt)) / 1000
  const facts: [string, string | undefined][] = [
    ['Task', instructions ?? 'fix what fails'],
    ['Sources', quoteCommand(sources)],
    [
      'Check',
      settings.replaced['check'] ?? (checkCommand ? quoteCommand(checkCommand) : 'the checkers that fit the sources'),
    ],
    ['Model', settings.replaced['llm'] ?? model],
    ['Agent', settings.agent?.command],
    ['Label', settings.label],
    ['Folder', settings.cwd],
    ['Started from', startCommit?.slice(0, 12)],
    ['Branch', branch],
    ['Started', data.beganAt],
    [
      'Used',
      `${plural(usage.calls, 'request')}, ${plural(usage.tokens, 'token')}, ${writeCost(usage.cost)}, ${writeSeconds(seconds)}`,
    ],
    ['Error', end?.error],
  ]
  return html`<dl class="facts">
    ${facts.map(
      ([name, value]) =>
        value !== undefined &&
        html`<dt>${name}</dt>
          <dd>${value}</dd> `,
    )}
  </dl>`
}
