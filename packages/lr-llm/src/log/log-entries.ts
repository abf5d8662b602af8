import { readFileSync } from 'node:fs'
import { parseStream, StreamError } from '@loop-runner/block-format'
import { errorCode, parseJson, reasonOf, UsageError } from '@loop-runner/cli-kit'
import { isObject, type JsonObject, listOf, type Message, numberOf, objectOf, textOf } from '@loop-runner/llm-client'
import type { KeptConversation } from '../conversation/conversation-files.ts'
import { readExchanges } from '../conversation/exchange.ts'

/** A request and its outcome. */
export interface LogEntry {
  /** Of the conversation; of a recording its line. */
  readonly id: string
  /** ISO 8601. */
  readonly time: string | undefined
  readonly directory: string | undefined
  readonly model: string | undefined
  /** The last one is the prompt. */
  readonly messages: readonly Message[]
  /** The received part of the answer, if the request failed. */
  readonly answer: string
  readonly failure: string | undefined
  /** Tokens. */
  readonly input: number | undefined
  readonly output: number | undefined
  /** In US dollars. */
  readonly cost: number | undefined
  readonly seconds: number | undefined
}

/**
 * The exchanges of a conversation, oldest first.
 *
 * @throws UsageError if it is not a conversation
 */
export function entriesOfConversation({ id, path }: KeptConversation): LogEntry[] {
  try {
    return readExchanges(parseStream(readFileSync(path, 'utf8'))).map(({ prompt, answer, facts }) => ({
      id,
      time: facts.time,
      directory: facts.directory,
      model: facts.answered ?? facts.model,
      messages: [
        ...(facts.system === undefined ? [] : [{ role: 'system', text: facts.system } as const]),
        { role: 'user', text: prompt },
      ],
      answer,
      failure: facts.stopped ? 'stopped' : undefined,
      input: facts.input,
      output: facts.output,
      cost: facts.cost,
      seconds: facts.seconds,
    }))
  } catch (error) {
    // The oldest conversations are removed while others are listed.
    if (errorCode(error) === 'ENOENT') return []
    throw new UsageError(`${path}: ${error instanceof StreamError ? error.message : reasonOf(error)}`)
  }
}

/**
 * The entries of a file that --record wrote, oldest first.
 *
 * @throws UsageError if it cannot be read, or a line is not a recording
 */
export function entriesOfRecord(path: string): LogEntry[] {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError(`${path}: ${reasonOf(error)}`)
  }
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return []
    const fields = parseJson(line)
    if (!isObject(fields) || fields['lr-llm'] !== 1) {
      throw new UsageError(`${path}: line ${index + 1} is not a recording (a file is what --record wrote)`)
    }
    return [entryOfRecording(fields, String(index + 1))]
  })
}

function entryOfRecording(fields: JsonObject, id: string): LogEntry {
  const answer = objectOf(fields['answer'])
  const failure = objectOf(fields['failure'])
  const usage = objectOf(answer['usage'])
  return {
    id,
    time: textOf(fields['time']),
    directory: undefined,
    model: textOf(fields['model']),
    messages: listOf(fields['messages']).filter(isObject).map(messageOf),
    answer: textOf(answer['text']) ?? textOf(failure['partial']) ?? '',
    failure: textOf(failure['message']),
    input: numberOf(usage['input']),
    output: numberOf(usage['output']),
    cost: numberOf(usage['cost']),
    seconds: numberOf(fields['seconds']),
  }
}

function messageOf({ role, text }: JsonObject): Message {
  return { role: role === 'system' || role === 'assistant' ? role : 'user', text: textOf(text) ?? '' }
}
