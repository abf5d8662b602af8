import { defineCommand, ExitStatus, type Io } from '@loop-runner/cli-kit'
import { ENDPOINTS_KEY, ExecServers, LocalModels, readEndpoints, requirePrices } from '@loop-runner/llm-client'
import { CALL_OPTIONS, CONVERSATION_OPTIONS, REQUEST_OPTIONS, TARGET_OPTIONS } from '../ask/ask-options.ts'
import { continueWith } from '../conversation/continue-with.ts'
import { KEPT_CONVERSATIONS } from '../conversation/conversation-files.ts'
import { openConversation } from '../conversation/open-conversation.ts'
import { chooseModel, requireKey } from '../models/choose-model.ts'
import { startLocal } from '../ollama/start-local.ts'
import { questionOf, type RequestValues, targetsOf } from '../request/question-of-options.ts'
import { readMessages } from './read-messages.ts'
import { Session } from './session.ts'

const { attach: _attach, schema: _schema, ...CHAT_REQUEST_OPTIONS } = REQUEST_OPTIONS

export const chat = defineCommand({
  usage: '[-m PROVIDER/MODEL] [-s TEXT] [-c] [options]',
  summary: 'Hold a conversation with a model at the terminal.',
  options: { ...TARGET_OPTIONS, ...CHAT_REQUEST_OPTIONS, ...CONVERSATION_OPTIONS, ...CALL_OPTIONS },
  details: `
Each line is a message; text pasted at once is one message, and so are the lines
between two lines of """. Lines can be edited, and the arrow keys recall earlier
messages. Ctrl-C stops an answer; the part received stays in the conversation.
Ctrl-D or /quit ends the conversation.

  /help         print these commands
  /model NAME   switch to another model; without NAME, print the model
  /quit         end the conversation

Conversations are kept in the state folder, in files that only you can read: -c
continues the last one in this folder, lr-llm log lists and searches them, and
lr-llm -c sends a single message in one. The ${KEPT_CONVERSATIONS} most recently
used are kept. --history FILE keeps the conversation in FILE instead; --no-log
does not keep it.

Without a terminal, each line of standard input is a message, and the first one
without a complete answer ends the conversation.

Exit codes: 0 ended by the user · 2 invalid usage · without a terminal also
those of lr-llm

  lr-llm chat -m anthropic/claude-sonnet-4-5 -s 'You review SQL.'
`,
  fileKeys: { names: [ENDPOINTS_KEY], needTrust: true, judge: async (files) => readEndpoints(files) },
  async run({ options: given, typed, configFiles }, io) {
    const endpoints = readEndpoints(configFiles)
    const conversation = openConversation({ ...given, isRequired: true }, io)
    const continued = continueWith({ ...given, ...NOT_IN_CHAT }, typed, conversation.settings)
    const options = await chooseModel({ options: continued, typed, endpoints }, io)
    const targets = targetsOf(options, io.env, endpoints)
    await requireKey(targets[0], options, io)
    requirePrices(questionOf({ prompt: '' }, targets, options, io))
    await using _local = options.local ? await startLocal(targets[0], io, given.quiet) : undefined
    await using execServers = new ExecServers()
    await using localModels = new LocalModels(io.detail)
    const held = { endpoints, execServers, localModels, loudness: given }
    const session = new Session({ ...held, options, targets, conversation }, io)
    if (io.stdin.isTerminal) welcome(targets[0].label, conversation.messages.length / 2, io)
    return converse(session, io)
  },
})

/** Options of a single question. */
const NOT_IN_CHAT: Pick<RequestValues, 'attach' | 'schema'> = { attach: [], schema: undefined }

function welcome(label: string, exchanges: number, io: Io): void {
  const before = exchanges === 0 ? '' : `, after ${Math.floor(exchanges)} earlier exchanges`
  io.progress(`${label}${before} (Ctrl-C stops an answer, Ctrl-D ends the conversation, /help)`)
}

async function converse(session: Session, io: Io): Promise<number> {
  const recalled = session.messages.flatMap(({ role, text }) => (role === 'user' ? [text] : []))
  for await (const message of readMessages(recalled, io)) {
    if ((await session.take(message)) === 'end') break
  }
  return ExitStatus.Yes
}
