import { plural, writeCost, writeSeconds } from '@loop-runner/cli-kit'
import { writeSize } from '../write-size.ts'
import type { CheckRun, ReportReply, ReportRound } from '@loop-runner/run-report'
import { html, type Html } from '@loop-runner/html-page'
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

/** @param prefix of the ids of the rounds, which tells those of attempts apart */
export function writeRounds(rounds: readonly ReportRound[], prefix = ''): Html {
  const isOpen = (index: number) => rounds.length <= OPEN_ROUNDS || index === rounds.length - 1
  return html`${rounds.map((round, index) => writeRound(round, rounds[index - 1], `${prefix}round-${round.iteration}`, isOpen(index)))}`
}

/** A round: the reply, what it changed, and the check after it. */
function writeRound(round: ReportRound, before: ReportRound | undefined, id: string, isOpen: boolean): Html {
  const { check, reply, seconds } = round
  return html`<details class="round" id="${id}" ${isOpen ? html` open` : ''}>
    <summary>${title(round)}</summary>
    <div>
      ${reply && writeReply(reply)} ${writeCheck(round, before)}
      <p class="muted">
        ${check === undefined ? 'No check in this round. ' : ''}${writeSeconds(seconds)}${reply && `, ${plural(reply.tokens, 'token')}, ${writeCost(reply.cost)}`}
      </p>
    </div>
  </details> `
}

function title({ iteration, check, reply }: ReportRound): Html {
  const what =
    reply === undefined ? 'Before any reply' : `Round ${iteration}: the reply ${REPLIES[reply.kind] ?? reply.kind}`
  const verdict =
    check &&
    html` <span class="verdict ${check.passed ? 'good' : 'bad'}"
      >${check.passed ? 'pass' : 'fail'} ${check.score.toFixed(2)}</span
    >`
  return html`${what}${verdict}`
}

function writeReply({ explanation, rejected, diffs, prompt, text, commits, files }: ReportReply): Html {
  return html`${
    explanation !== '' &&
    html`<h3>Explanation</h3>
      <pre>${explanation}</pre>`
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
  ${fold('Prompt', prompt)}${fold('Reply', text)}`
}

function fold(name: string, text: string): Html {
  return text === ''
    ? html``
    : html`<details>
        <summary>${name} (${writeSize(text)})</summary>
        <pre tabindex="0">${text}</pre>
      </details> `
}

function writeCheck({ checkRuns, failing }: ReportRound, before: ReportRound | undefined): Html {
  const fixed = (before?.failing ?? []).filter((name) => !failing.includes(name))
  const broken = before ? failing.filter((name) => !before.failing.includes(name)) : []
  const changes = [[fixed, 'fixed', 'good'] as const, [broken, 'broke', 'bad'] as const].filter(
    ([names]) => names.length > 0,
  )
  return html`${checkRuns.length > 0 && html`<h3>Check</h3>`}
  ${before && changes.map(([names, word, tone]) => html`<p><span class="${tone}">${names.length} ${word}</span>: ${names.slice(0, 10).join(', ')}${names.length > 10 && ' …'}</p>`)}
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
