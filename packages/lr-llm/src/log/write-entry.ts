import { writeCost, writeCount, writeSeconds } from '@loop-runner/cli-kit'
import type { LogEntry } from './log-entries.ts'

const LINE_CHARACTERS = 100

/** One line: id, time, model, and the beginning of the prompt. */
export function entryLine({ id, time, model, messages, failure }: LogEntry): string {
  const prompt = (messages.at(-1)?.text ?? '').replaceAll(/\s+/g, ' ').trim()
  const shown = prompt.length > LINE_CHARACTERS ? `${prompt.slice(0, LINE_CHARACTERS - 1)}…` : prompt
  return `${[id, minuteOf(time), model ?? '-', (failure === undefined ? '' : `[${failure}] `) + shown].join('\t')}\n`
}

/** All of it, for people. */
export function entryText(entry: LogEntry): string {
  const { id, messages, answer, failure } = entry
  const heading = [id, minuteOf(entry.time), entry.model ?? '-', ...countsOf(entry)].join('  ')
  const parts = messages.map(({ role, text }) => section(TITLES[role], text))
  if (failure !== undefined) parts.push(section('Failed', failure))
  if (answer !== '') parts.push(section('Answer', answer))
  return `# ${heading}\n\n${parts.join('')}`
}

const TITLES = { system: 'System', user: 'Prompt', assistant: 'Earlier answer' } as const

function section(title: string, text: string): string {
  return `## ${title}\n\n${text}${text.endsWith('\n') ? '' : '\n'}\n`
}

function countsOf({ input, output, cost, seconds }: LogEntry): string[] {
  const tokens = input === undefined && output === undefined ? [] : [`${count(input)} tokens in, ${count(output)} out`]
  return [
    ...tokens,
    ...(cost === undefined ? [] : [writeCost(cost)]),
    ...(seconds === undefined ? [] : [writeSeconds(seconds)]),
  ]
}

function count(tokens: number | undefined): string {
  return tokens === undefined ? '?' : writeCount(tokens)
}

/** `2026-11-29 10:45`, in UTC. */
function minuteOf(time: string | undefined): string {
  return time === undefined ? '-' : time.slice(0, 16).replace('T', ' ')
}
