import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Part, parseStream, StreamError } from '@loop-runner/block-format'
import { errorCode, type Io, reasonOf, UsageError } from '@loop-runner/cli-kit'
import { appendText, type Message, redact, requireAppendable, secretsOf } from '@loop-runner/llm-client'
import { headersOfOptions } from '../ask/call-options-of.ts'
import { conversationsFolder, findConversation, lastConversation, newConversation } from './conversation-files.ts'
import { LAST } from './last.ts'
import { type Exchange, readExchanges, readMessages, type Settings, writeExchange, writeTurn } from './exchange.ts'

/** A longer exchange is kept only in a conversation that the user asked for. */
const LARGEST_CHARACTERS = 1_000_000

const NOT_KEPT = 'the conversation is not kept for --continue'

interface ConversationOptions {
  readonly history?: string | undefined
  readonly continue?: string | undefined
  readonly 'keep-log': boolean
  readonly 'no-log': boolean
  /** Whether it is an error if a new conversation cannot be kept. */
  readonly isRequired?: boolean
  readonly header: readonly string[]
  readonly 'api-key'?: string | undefined
}

/** The conversation that an exchange continues, and the file to which it is added. */
export interface Conversation {
  readonly messages: readonly Message[]
  /** Of the last exchange. */
  readonly settings: Settings
  /** Finds out, before an answer is paid for, that it can be added. */
  prepare(): void
  /** @throws CommandError (3) if it cannot be written, and the user asked for it */
  add(exchange: Exchange): void
}

function isKept(options: ConversationOptions, { stdin, stdout, stderr }: Io): boolean {
  if (options['no-log']) return false
  return options.isRequired || options['keep-log'] || [stdin, stdout, stderr].some(({ isTerminal }) => isTerminal)
}

/** Writes an exchange without the secrets that are known. */
type Write = (exchange: Exchange) => string

/**
 * The conversation that the options name: the file of --history, an earlier one, or a new one. A new one is kept at a
 * terminal, or on request: in a pipe, a call leaves nothing behind.
 *
 * @throws UsageError for a conversation that cannot be read or is not there
 */
export function openConversation(options: ConversationOptions, io: Io): Conversation {
  const { history, continue: continued } = options
  const headers = headersOfOptions(options)
  const write: Write = (exchange) => redact(writeExchange(exchange), ...secretsOf(io.env, headers, options['api-key']))
  if (history !== undefined && continued !== undefined) {
    throw new UsageError('option --continue: cannot be combined with --history')
  }
  if (history !== undefined) return ofHistory(resolve(io.cwd, history))
  if (continued !== undefined) return ofEarlier(continued, write, io)
  return isKept(options, io)
    ? ofNew(options.isRequired ?? options['keep-log'], write, io)
    : { messages: [], settings: {}, prepare: () => {}, add: () => {} }
}

function ofHistory(path: string): Conversation {
  return {
    messages: readMessages(readConversation(path)),
    settings: {},
    prepare: () => requireAppendable(path),
    add: ({ prompt, answer }) => appendText(path, writeTurn(prompt, answer)),
  }
}

function ofEarlier(id: string, write: Write, io: Io): Conversation {
  const kept = id === LAST ? lastConversation(io.cwd, io.env) : findConversation(id, io.env)
  if (kept === undefined) {
    io.warn(
      'option --continue: no earlier conversation in this folder: a new one begins (without a terminal only -c and --keep-log keep one)',
    )
    return ofNew(true, write, io)
  }
  const parts = readConversation(kept.path)
  return {
    messages: readMessages(parts),
    settings: readExchanges(parts).at(-1)?.facts ?? {},
    prepare: () => appendText(kept.path, ''),
    add: (exchange) => appendText(kept.path, write(exchange)),
  }
}

/** @param isRequired whether it is an error if it cannot be kept */
function ofNew(isRequired: boolean, write: Write, io: Io): Conversation {
  let path: string | undefined
  const append = (text: string) => {
    try {
      path ??= newConversation(io.cwd, io.env)
    } catch (error) {
      throw new UsageError(`${conversationsFolder(io.env)}: ${reasonOf(error)} (--history FILE keeps it elsewhere)`)
    }
    appendText(path, text)
  }
  const add = (exchange: Exchange) => {
    if (isRequired) return append(write(exchange))
    if (exchange.prompt.length + exchange.answer.length > LARGEST_CHARACTERS) return io.detail(`${NOT_KEPT}: too large`)
    try {
      append(write(exchange))
    } catch (error) {
      io.detail(`${NOT_KEPT}: ${reasonOf(error)}`)
    }
  }
  return { messages: [], settings: {}, prepare: () => {}, add }
}

/** A file that is not there is a conversation that has not begun; so is a device, which may have no end. */
function readConversation(path: string): Part[] {
  try {
    if (statSync(path).isCharacterDevice()) return []
    return parseStream(readFileSync(path, 'utf8'))
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return []
    throw new UsageError(`${path}: ${error instanceof StreamError ? error.message : reasonOf(error)}`)
  }
}
