import { plural, quoteCommand, writeCost, writeSeconds } from '@loop-runner/cli-kit'
import { lastCheck, type Report, type ReportRound, type RunData } from '@loop-runner/run-report'
import { type Html, html, writeDocument } from '@loop-runner/html-page'
import { writeAttemptDetails, writeAttempts } from './write-attempts.ts'
import { writeCharts } from './write-charts.ts'
import { writeRounds } from './write-round.ts'
import { textLimit } from './text-limit.ts'
import { writeTests } from './write-tests.ts'

/** A run as one HTML file: no script, no outside references. */
export function writePage(report: Report): string {
  return writeDocument(report.data.message, writeReport(report))
}

/** What there is to say about a run, from the verdict on. */
export function writeReport(report: Report): Html {
  const { data, rounds } = report
  const limit = textLimit(report)
  return html`${writeVerdict(data)} ${writeDoubts(rounds)} ${writeFacts(report)}
    <h2>Rounds</h2>
    ${writeCharts(rounds)} ${writeAttempts(report)} ${writeTests(rounds)}
    <h2 id="rounds">Details</h2>
    ${writeRounds(rounds, limit)} ${writeAttemptDetails(report, limit)} ${writeNext(data.next)}
    <p class="muted">Files of this run: <code>${data.run}</code></p>`
}

/** `passed: the check passes …`, `stopped: all iterations …`: one word, then how it ended. */
function writeVerdict(data: RunData): Html {
  const [, word = data.state, rest = data.message === data.state ? '' : data.message] =
    /^(\w+): ([^]*)$/.exec(data.message) ?? []
  return html`<h1><span class="verdict ${toneOf(data)}">${word}</span> ${rest}</h1>`
}

/** The lines that lr-loop prints, `name: command`; one of them may have two parts. */
function writeNext(lines: readonly string[]): Html {
  const parts = lines.flatMap((line) => line.split(/; (?=[a-z][a-z ]{0,20}: )/))
  if (parts.length === 0) return html``
  return html`<h2>What you can do</h2>
    <dl class="facts">
      ${parts.map((part) => {
        const [, name = '', text = part] = /^([a-z][a-z ]*): (.*)$/.exec(part) ?? []
        return html`<dt>${name}</dt>
          <dd>${name === 'advice' ? text : html`<code>${text}</code>`}</dd> `
      })}
    </dl>`
}

function toneOf({ end }: RunData): string {
  return end === undefined ? 'warn' : end.status === 0 ? 'good' : 'bad'
}

/** What speaks against the result of the last check. */
function writeDoubts(rounds: readonly ReportRound[]): Html {
  const doubts = lastCheck(rounds)?.doubts ?? []
  return html`${doubts.length > 0 && html`<p class="notice warn">${doubts.join('\n')}</p>`}`
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
    ['Started', data.beganAt.replace(/^(\S+)T([\d:]+)\.\d+Z$/, '$1 $2 UTC')],
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
