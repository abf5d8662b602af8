import { plural, quoteCommand, visibleText, writeCost, writeSeconds } from '@loop-runner/cli-kit'
import { nameCheck } from '../name-check.ts'
import { writeSize } from '../write-size.ts'
import {
  CELL_MARKS,
  type FileDiff,
  lastCheck,
  type Report,
  type ReportRound,
  resultOf,
  testGrid,
} from '@loop-runner/run-report'

/** A folded part of the page, which may be left out. */
interface Detail {
  readonly summary: string
  readonly text: string
  readonly language: string
}

/**
 * A run as Markdown for a pull request or a job summary: the verdict, a table of rounds, what can be done, then folded
 * details.
 *
 * @param maxBytes at least 1000. Details are left out, the longest first, until the page fits; then whole parts, the last
 *   ones first. Each omission is noted
 */
export function writeMarkdown(report: Report, maxBytes: number): string {
  const details = detailsOfRun(report)
  const [heading, facts, rounds] = [headingOf(report), factsOf(report), roundsOf(report)]
  const allLeftOut = details.length === 0 ? '' : noteOn(plural(details.length, 'detail'))
  const roundsLeftOut = noteOn(`${plural(report.rounds.length, 'round')}, ${plural(details.length, 'detail')}`)
  const room = maxBytes - Buffer.byteLength(heading + facts + rounds)
  const pages = [
    heading + facts + rounds + writeDetails(details, room),
    heading + facts + rounds + allLeftOut,
    heading + facts + roundsLeftOut,
  ]
  return pages.find((page) => Buffer.byteLength(page) <= maxBytes) ?? heading + noteOn('the rest')
}

function noteOn(what: string): string {
  return `\n*${what}: left out*\n`
}

function detailsOfRun({ rounds, attempts }: Report): Detail[] {
  return [
    ...testsOf(rounds),
    ...rounds.flatMap((round) => detailsOf(round)),
    ...attempts.flatMap(({ data, rounds: own }) =>
      own.flatMap((round) => detailsOf(round, `Attempt ${data.attempt}, `)),
    ),
  ]
}

/** @param room bytes that the details may take; with a note in its place, each of them is left out */
function writeDetails(details: readonly Detail[], room: number): string {
  const written = details.map((detail) => writeDetail(detail))
  const bytes = written.map((text) => Buffer.byteLength(text))
  const longest = [...details.keys()].toSorted((a, b) => (bytes[b] ?? 0) - (bytes[a] ?? 0))
  let total = bytes.reduce((sum, count) => sum + count, 0)
  for (const index of longest) {
    const [detail, length = 0] = [details[index], bytes[index]]
    if (detail === undefined || total <= room) break
    written[index] = `\n*${inline(detail.summary)}: left out (${writeSize(detail.text)})*\n`
    total += Buffer.byteLength(written[index]) - length
  }
  return written.join('')
}

function headingOf({ data: { message, end } }: Report): string {
  const mark = end === undefined ? '⏳' : end.status === 0 ? '✅' : '❌'
  return `## ${mark} ${inline(message)}\n`
}

function factsOf({ data, startCommit, rounds }: Report): string {
  const { settings, usage, end } = data
  const { sources, checkCommand, instructions, model } = settings.stages
  const facts: readonly [string, string | undefined][] = [
    ['Task', instructions ?? 'fix what fails'],
    ['Sources', quoteCommand(sources)],
    ['Check', settings.replaced['check'] ?? (checkCommand && quoteCommand(checkCommand))],
    ['Model', settings.replaced['llm'] ?? model],
    ['Agent', settings.agent?.command],
    ['Label', settings.label],
    ['Started from', startCommit?.slice(0, 12)],
    ['Branch', data.branch],
    ['Used', `${plural(usage.calls, 'request')}, ${plural(usage.tokens, 'token')}, ${writeCost(usage.cost)}`],
    ['Error', end?.error],
    ['Doubts', lastCheck(rounds)?.doubts?.join('; ') || undefined],
  ]
  const next = data.next.map((line) => `- ${inline(line)}\n`)
  return `
${facts.flatMap(([name, value]) => (value === undefined ? [] : [`- **${name}:** ${inline(value)}\n`])).join('')}
${next.join('')}`
}

function roundsOf({ rounds, attempts }: Report): string {
  return `
| round | check | score | tokens | cost | time | reply |
| ---: | --- | ---: | ---: | ---: | ---: | --- |
${rounds.map(rowOf).join('')}
${attempts.length > 0 ? writeAttempts(attempts) : ''}`
}

/** Which test failed in which round: a line for each, its states first. */
function testsOf(rounds: readonly ReportRound[]): Detail[] {
  const rows = testGrid(rounds)
  if (rows.length === 0) return []
  const line = (cells: readonly string[], name: string) => `${cells.map((cell) => cell.padEnd(3)).join(' ')} ${name}\n`
  const heading = line(
    rounds.map(({ iteration }) => String(iteration)),
    'round',
  )
  const lines = rows.map(({ name, cells }) =>
    line(
      cells.map((cell) => CELL_MARKS[cell]),
      name,
    ),
  )
  return [{ summary: 'Tests', text: heading + lines.join(''), language: 'text' }]
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
    check === undefined ? '–' : resultOf(check),
    check?.score.toFixed(2) ?? '–',
    reply === undefined ? '–' : reply.tokens.toLocaleString('en'),
    reply === undefined ? '–' : writeCost(reply.cost),
    writeSeconds(seconds),
    inline(reply === undefined ? nameCheck(iteration) : [reply.kind, ...reply.files].join(' ')),
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

function writeDetail({ summary, text, language }: Detail): string {
  const visible = visibleText(text.trimEnd())
  // Longer than any run of back quotes inside, so that the text cannot end it (CommonMark 4.5).
  const longest = Math.max(2, ...[...visible.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `\n<details><summary>${escapeHtml(visibleText(summary)).replaceAll('\n', ' ')}</summary>\n\n${fence}${language}\n${visible}\n${fence}\n\n</details>\n`
}

/** Characters of a text on one line. */
const MAX_LINE = 300

/** Text without markup, on one line. */
function inline(text: string): string {
  const line = visibleText(text.slice(0, 2 * MAX_LINE)).replaceAll(/\s+/g, ' ')
  return (line.length <= MAX_LINE && text.length <= 2 * MAX_LINE ? line : `${line.slice(0, MAX_LINE)} …`).replaceAll(
    /[\\`*_{}[\]<>#|~@!]/g,
    '\\$&',
  )
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
