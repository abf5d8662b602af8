import { resolve } from 'node:path'
import { defineCommand, ExitStatus, type Io, UsageError, type Values, visibleText } from '@loop-runner/cli-kit'
import { CALL_OPTIONS } from '../ask/ask-options.ts'
import { conversationsFolder, KEPT_CONVERSATIONS, listConversations } from '../conversation/conversation-files.ts'
import { entriesOfConversation, entriesOfRecord, type LogEntry } from './log-entries.ts'
import { entryLine, entryText } from './write-entry.ts'

const LOG_OPTIONS = {
  number: {
    type: 'integer',
    alias: 'n',
    min: 0,
    default: 20,
    placeholder: 'N',
    describe: 'at most N entries; 0 is all',
  },
  full: { type: 'flag', alias: 'f', describe: 'print full prompts and answers' },
  answer: { type: 'flag', alias: 'a', describe: 'print only the answers' },
  id: {
    type: 'text',
    placeholder: 'ID',
    commandLineOnly: true,
    describe: 'only the conversation with this id, or the recording on this line',
  },
  here: { type: 'flag', describe: 'only conversations that were started in this folder' },
  record: { ...CALL_OPTIONS.record, describe: 'read FILE, a recording of --record, instead of conversations' },
  path: { type: 'flag', commandLineOnly: true, describe: 'print where conversations are kept' },
  json: { type: 'flag', describe: 'print one JSON object per line' },
} as const

type LogValues = Values<typeof LOG_OPTIONS>

export const log = defineCommand({
  usage: '[options] [WORD…]',
  summary: 'Search and print earlier prompts and answers.',
  options: LOG_OPTIONS,
  operands: { max: Infinity, complete: 'nothing' },
  details: `
Prints one line per exchange, newest first: its id, time (UTC), model and the
beginning of the prompt, separated by tabs. With WORDs, prints only exchanges
whose prompt or answer contains all of them, ignoring case.

Without --record, these are the ${KEPT_CONVERSATIONS} most recently used conversations, in files
that only you can read, with known keys removed. Calls at a terminal, in chat,
with -c or with --keep-log are kept (LR_LLM_KEEP_LOG=true: all calls), unless
--no-log is given. lr-llm --continue=ID continues a conversation;
rm -r "$(lr-llm log --path)" removes all.

A recording of --record (LR_RECORD names one for all calls) also has failed
requests and earlier messages; its ids are line numbers.

Exit codes: 0 printed · 1 nothing found · 2 invalid usage, or not a recording

  lr-llm log -n 1 --answer
  lr-llm log --record ~/llm.jsonl -f timeout
`,
  async run({ options, operands }, io) {
    if (options.path) {
      await io.stdout.write(`${conversationsFolder(io.env)}\n`)
      return ExitStatus.Yes
    }
    if (options.here && options.record !== undefined) {
      throw new UsageError('option --here: a file of --record does not tell the folder')
    }
    const found = search(entriesOf(options, io), options, operands)
    const write = writerOf(options)
    const show = io.stdout.isTerminal && !options.json ? visibleText : (text: string) => text
    for (const entry of found) await io.stdout.write(show(write(entry)))
    if (found.length === 0) io.warn('nothing found')
    return found.length === 0 ? ExitStatus.No : ExitStatus.Yes
  },
})

/** Newest first. */
function entriesOf({ record, here }: LogValues, { cwd, env }: Io): LogEntry[] {
  if (record !== undefined) return entriesOfRecord(resolve(cwd, record)).reverse()
  return listConversations(env, here ? cwd : undefined)
    .flatMap(entriesOfConversation)
    .sort((one, other) => ((one.time ?? '') < (other.time ?? '') ? 1 : -1))
}

function search(entries: readonly LogEntry[], options: LogValues, words: readonly string[]): LogEntry[] {
  const { id, number, record } = options
  const wanted = words.map((word) => word.toLowerCase())
  const found = entries.filter((entry) => {
    if (id !== undefined && (record === undefined ? !entry.id.startsWith(id) : entry.id !== id)) return false
    const text = [...entry.messages.map((message) => message.text), entry.answer].join('\n').toLowerCase()
    return wanted.every((word) => text.includes(word))
  })
  return number === 0 ? found : found.slice(0, number)
}

function writerOf({ json, answer, full }: LogValues): (entry: LogEntry) => string {
  if (json) return (entry) => `${JSON.stringify(entry)}\n`
  if (answer) return (entry) => (entry.answer.endsWith('\n') ? entry.answer : `${entry.answer}\n`)
  return full ? entryText : entryLine
}
