import { plural, visibleText, writeCost, writeSeconds } from '@loop-runner/cli-kit'
import { writeSize } from '../write-size.ts'
import type { FileDiff, Report, ReportRound } from '@loop-runner/run-report'

/** A folded part of the page, which may be left out. */
interface Detail {
  readonly summary: string
  readonly text: string
  readonly language: string
}

/**
 * A run as Markdown for a pull request or a job summary: the verdict, a table of rounds, then folded details.
 *
 * @param maxBytes details are left out, the longest first, until the page fits; each omission is noted
 */
export function writeMarkdown(report: Report, maxBytes: number): string {
  const head = headOf(report)
  const details = [
    ...report.rounds.flatMap((round) => detailsOf(round)),
    ...report.attempts.flatMap(({ data, rounds }) =>
      rounds.flatMap((round) => detailsOf(round, `Attempt ${data.attempt}, `)),
    ),
  ]
  const omitted = new Set<Detail>()
  const longest = details.toSorted((a, b) => b.text.length - a.text.length)
  const page = () => head + details.map((detail) => writeDetail(detail, omitted.has(detail))).join('')
  let text = page()
  for (const detail of longest) {
    if (Buffer.byteLength(text) <= maxBytes) break
    omitted.add(detail)
    text = page()
  }
  return text
}

function headOf({ data, startCommit, rounds, attempts }: Report): string {
  const { settings, usage, end } = data
  const mark = end === undefined ? '⏳' : end.status === 0 ? '✅' : '❌'
  const facts = [
    ['Task', settings.stages.instructions ?? 'fix what fails'],
    ['Model', settings.replaced['llm'] ?? settings.stages.model],
    ['Agent', settings.agent?.command],
    ['Label', settings.label],
    ['Started from', startCommit?.slice(0, 12)],
    ['Branch', data.branch],
    ['Used', `${plural(usage.calls, 'request')}, ${plural(usage.tokens, 'token')}, ${writeCost(usage.cost)}`],
    ['Error', end?.error],
  ]
  return `## ${mark} ${inline(data.message)}

${facts.flatMap(([name, value]) => (value === undefined ? [] : [`- **${name}:** ${inline(value)}\n`])).join('')}
| round | check | score | tokens | cost | time | reply |
| ---: | --- | ---: | ---: | ---: | ---: | --- |
${rounds.map(rowOf).join('')}
${attempts.length > 0 ? writeAttempts(attempts) : ''}`
}

function writeAttempts(attempts: Report['attempts']): string {
  const rows = attempts.map(({ data: { attempt, state, model, temperature, view, score, kept } }) => {
    const cells = [
      String(attempt),
      `${inline(state)}${kept ? ', kept' : ''}`,
      inline(model ?? '–'),
      String(temperature ?? '–'),
      String(view.usage.calls),
      score?.toFixed(2) ?? '–',
      writeCost(view.usage.cost),
    ]
    return `| ${cells.join(' | ')} |\n`
  })
  return `| attempt | ended | model | temperature | replies | score | cost |
| ---: | --- | --- | ---: | ---: | ---: | ---: |
${rows.join('')}
`
}

function rowOf({ iteration, check, reply, seconds }: ReportRound): string {
  const cells = [
    String(iteration),
    check === undefined ? '–' : check.passed ? 'pass' : 'fail',
    check?.score.toFixed(2) ?? '–',
    reply === undefined ? '–' : reply.tokens.toLocaleString('en'),
    reply === undefined ? '–' : writeCost(reply.cost),
    writeSeconds(seconds),
    reply === undefined ? 'before any reply' : inline([reply.kind, ...reply.files].join(' ')),
  ]
  return `| ${cells.join(' | ')} |\n`
}

function detailsOf({ iteration, checkRuns, reply }: ReportRound, place = ''): Detail[] {
  const runs = checkRuns.filter(({ outcome }) => outcome !== 'pass')
  const rejected = reply?.rejected ?? []
  return [
    ...(reply && reply.explanation !== ''
      ? [{ summary: `${place}Round ${iteration}: explanation`, text: reply.explanation, language: 'text' }]
      : []),
    ...(rejected.length > 0
      ? [{ summary: `${place}Round ${iteration}: not applied`, text: rejected.join('\n'), language: 'text' }]
      : []),
    ...(reply?.diffs ?? []).map((diff) => ({
      summary: `${place}Round ${iteration}: ${diff.path} (+${diff.added} −${diff.removed})`,
      text: writeUnified(diff),
      language: 'diff',
    })),
    ...runs.map(({ command, outcome, stdout, stderr }) => ({
      summary: `${place}${iteration === 0 ? 'Before any reply' : `After round ${iteration}`}: ${command}: ${outcome}`,
      text: `${stdout}${stderr}`,
      language: 'text',
    })),
  ]
}

const MARKS = { same: ' ', removed: '-', added: '+' } as const

function writeUnified({ hunks }: FileDiff): string {
  return hunks.map((hunk) => hunk.map(({ kind, text }) => `${MARKS[kind]}${text}`).join('\n')).join('\n⋯\n')
}

function writeDetail({ summary, text, language }: Detail, isOmitted: boolean): string {
  if (isOmitted) return `\n*${inline(summary)}: left out (${writeSize(text)})*\n`
  const visible = visibleText(text.trimEnd())
  // Longer than any run of back quotes inside, so that the text cannot end it (CommonMark 4.5).
  const longest = Math.max(2, ...[...visible.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `\n<details><summary>${escapeHtml(visibleText(summary)).replaceAll('\n', ' ')}</summary>\n\n${fence}${language}\n${visible}\n${fence}\n\n</details>\n`
}

/** Text without markup, on one line. */
function inline(text: string): string {
  return visibleText(text)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_{}[\]<>#|~@!]/g, '\\$&')
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
