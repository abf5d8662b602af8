import { plural, writeCost, writeSeconds } from '@loop-runner/cli-kit'
import { nameCheck } from '../name-check.ts'
import { writeSize } from '../write-size.ts'
import {
  type CheckRun,
  type ReportReply,
  type ReportRound,
  resultOf,
  type TestChanges,
  testChanges,
} from '@loop-runner/run-report'
import { html, type Html, limitText } from '@loop-runner/html-page'
import { writeDiff } from './write-diff.ts'

/** How a reply ended, in words. */
const REPLIES: Readonly<Record<string, string>> = {
  changed: 'changed files',
  unchanged: 'sent the files as they are',
  rejected: 'was rejected',
  nothing: 'changed nothing',
  incomplete: 'was incomplete',
  asked: 'asked to see more files',
  blocked: 'reported that it cannot be done',
}

/** In a run of more rounds only the last one is open. */
const OPEN_ROUNDS = 3

/**
 * @param limit characters that are shown of each prompt and reply
 * @param prefix of the ids of the rounds, which tells those of attempts apart
 */
export function writeRounds(rounds: readonly ReportRound[], limit: number, prefix = ''): Html {
  const isOpen = (index: number) => rounds.length <= OPEN_ROUNDS || index === rounds.length - 1
  const changes = testChanges(rounds)
  return html`${rounds.map((round, index) => writeRound(round, { changes: changes[index], id: `${prefix}round-${round.iteration}`, isOpen: isOpen(index), limit }))}`
}

interface RoundView {
  readonly changes: TestChanges | undefined
  readonly id: string
  readonly isOpen: boolean
  readonly limit: number
}

/** A round: the reply, what it changed, and the check after it. */
function writeRound(round: ReportRound, { changes, id, isOpen, limit }: RoundView): Html {
  const { check, reply, seconds } = round
  return html`<details class="round" id="${id}" ${isOpen ? html` open` : ''}>
    <summary>${title(round)}</summary>
    <div>
      ${reply && writeReply(reply, limit)} ${writeCheck(round, changes)}
      <p class="muted">
        ${check === undefined ? 'No check in this round. ' : ''}${writeSeconds(seconds)}${reply && `, ${plural(reply.tokens, 'token')}, ${writeCost(reply.cost)}`}
      </p>
    </div>
  </details> `
}

function title({ iteration, check, reply }: ReportRound): Html {
  const name = reply ? `Round ${iteration}: the reply ${REPLIES[reply.kind] ?? reply.kind}` : nameCheck(iteration)
  const tone = check?.passed ? 'good' : 'bad'
  const result = check && html` <span class="verdict ${tone}">${resultOf(check)} ${check.score.toFixed(2)}</span>`
  return html`${name}${result}`
}

function writeReply({ explanation, rejected, diffs, prompt, text, commits, files }: ReportReply, limit: number): Html {
  return html`${
    explanation !== '' &&
    html`<h3>Explanation</h3>
      <p class="prose">${explanation}</p>`
  }
  ${
    rejected.length > 0 &&
    html`<h3>Not applied</h3>
      <ul>
        ${rejected.map((line) => html`<li>${line}</li>`)}
      </ul>`
  }
  ${
    diffs.length > 0 &&
    html`<h3>Changes</h3>
      ${diffs.map(writeDiff)}`
  }
  ${diffs.length === 0 && files.length > 0 && html`<p>Changed: ${files.join(', ')}</p>`}
  ${commits[0] !== undefined && html`<p>Commit <code>${commits[0].slice(0, 12)}</code></p>`}
  ${fold('Prompt', prompt, limit)}${fold('Reply', text, limit)}`
}

function fold(name: string, text: string, limit: number): Html {
  return text === ''
    ? html``
    : html`<details>
        <summary>${name} (${writeSize(text)})</summary>
        <pre tabindex="0">${limitText(text, limit)}</pre>
      </details> `
}

/** Names of tests in one line; the grid has all. */
const MAX_NAMES = 10

function writeCheck({ iteration, checkRuns }: ReportRound, changes: TestChanges | undefined): Html {
  if (checkRuns.length === 0) return html``
  const states: readonly [names: readonly string[], word: string, tone: string][] = [
    [changes?.fixed ?? [], 'fixed', 'good'],
    [changes?.broke ?? [], 'broke', 'bad'],
    [changes?.failing ?? [], iteration === 0 ? 'failing' : 'still failing', 'bad'],
  ]
  return html`<h3>Check</h3>
    ${states.map(([names, word, tone]) => names.length > 0 && html`<p><span class="${tone}">${names.length} ${word}</span>: ${names.slice(0, MAX_NAMES).join(', ')}${names.length > MAX_NAMES && ' …'}</p>`)}
    ${checkRuns.map(writeRun)}`
}

function writeRun({ command, outcome, stdout, stderr }: CheckRun): Html {
  const output = [stdout, stderr].filter((text) => text.trim() !== '').join('\n')
  const tone = outcome === 'pass' ? 'good' : outcome === 'fail' ? 'bad' : 'warn'
  return html`<details>
    <summary>
      <code>${command}</code> <span class="verdict ${tone}">${outcome}</span>
      <span class="muted">${writeSize(output)}</span>
    </summary>
    <pre tabindex="0">${output}</pre>
  </details> `
}
