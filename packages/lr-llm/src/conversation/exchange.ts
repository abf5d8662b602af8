import { parseJson } from '@loop-runner/cli-kit'
import { isBlock, type Part, writeBlock } from '@loop-runner/block-format'
import { isObject, type JsonObject, type Message, numberOf, textOf } from '@loop-runner/llm-client'

/** The options that a continued conversation takes over. */
export interface Settings {
  readonly model?: string | undefined
  readonly url?: string | undefined
  readonly api?: string | undefined
  readonly local?: boolean | undefined
  readonly system?: string | undefined
}

/** The data of an exchange besides its texts. */
export interface Facts extends Settings {
  /** ISO 8601. */
  readonly time?: string | undefined
  /** The folder it was started in. */
  readonly directory?: string | undefined
  /** The model that answered. */
  readonly answered?: string | undefined
  /** Tokens. */
  readonly input?: number | undefined
  readonly output?: number | undefined
  /** In US dollars. */
  readonly cost?: number | undefined
  readonly seconds?: number | undefined
  /** Whether the user stopped the answer. */
  readonly stopped?: boolean | undefined
}

/** A prompt and its answer. */
export interface Exchange {
  readonly prompt: string
  readonly answer: string
  readonly facts: Facts
}

/** The name of the block that holds the facts of the exchange before it. */
const FACTS = 'exchange'

/** An exchange as it is added to a kept conversation. */
export function writeExchange({ prompt, answer, facts }: Exchange): string {
  return writeTurn(prompt, answer) + writeBlock({ name: FACTS, content: `${JSON.stringify(facts)}\n` })
}

/** A prompt and its answer, as they are added to the file of --history. */
export function writeTurn(prompt: string, answer: string): string {
  return writeBlock({ name: 'user', content: prompt }) + writeBlock({ name: 'assistant', content: answer })
}

/** The messages of a conversation, oldest first. */
export function readMessages(parts: readonly Part[]): Message[] {
  return parts.flatMap((part) => {
    if (!isBlock(part) || (part.name !== 'user' && part.name !== 'assistant')) return []
    return [{ role: part.name, text: part.content }]
  })
}

/** The exchanges of a conversation, oldest first. */
export function readExchanges(parts: readonly Part[]): Exchange[] {
  const exchanges: Exchange[] = []
  let prompt: string | undefined
  for (const part of parts) {
    if (!isBlock(part)) continue
    const last = exchanges.at(-1)
    if (part.name === 'user') prompt = part.content
    else if (part.name === 'assistant' && prompt !== undefined) {
      exchanges.push({ prompt, answer: part.content, facts: {} })
      prompt = undefined
    } else if (part.name === FACTS && last)
      exchanges[exchanges.length - 1] = { ...last, facts: readFacts(part.content) }
  }
  return exchanges
}

function readFacts(content: string): Facts {
  const fields = parseJson(content)
  return isObject(fields) ? factsOf(fields) : {}
}

function factsOf(fields: JsonObject): Facts {
  return {
    model: textOf(fields['model']),
    url: textOf(fields['url']),
    api: textOf(fields['api']),
    local: fields['local'] === true ? true : undefined,
    system: textOf(fields['system']),
    time: textOf(fields['time']),
    directory: textOf(fields['directory']),
    answered: textOf(fields['answered']),
    input: numberOf(fields['input']),
    output: numberOf(fields['output']),
    cost: numberOf(fields['cost']),
    seconds: numberOf(fields['seconds']),
    stopped: fields['stopped'] === true ? true : undefined,
  }
}
