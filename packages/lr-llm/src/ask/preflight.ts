import { ExitStatus, type Io, UsageError } from '@loop-runner/cli-kit'
import {
  findKey,
  findWindow,
  isLoopback,
  LONGEST_ANSWER,
  priceOf,
  type Question,
  requireLoadable,
  requirePrices,
  type Target,
} from '@loop-runner/llm-client'
import { requireKey } from '../models/choose-model.ts'
import { type AskValues, questionOf } from '../request/question-of-options.ts'

/**
 * Prints what lr-loop has to know of the models: those that may cost money, each with the price of a million tokens in and
 * out and the most tokens of an answer, if they are known; model files, with their paths and names, for which lr-loop starts a
 * service; and for each model whose window is known, its tokens and where that is from.
 *
 * @throws LlmFailure if a key or a model file is missing, UsageError if --max-cost cannot hold
 */
export async function preflight(targets: Question['targets'], options: AskValues, io: Io): Promise<number> {
  const what = options.preflight ?? ''
  if (!/^(?:model|window)$/.test(what)) throw new UsageError(`option --preflight: "${what}" (model or window)`)
  const question = questionOf({ prompt: '' }, targets, options, io)
  requirePrices(question)
  for (const target of targets) {
    if (target.kind === 'gguf') {
      requireLoadable(target.path)
      await io.stdout.write(`gguf\t${target.path}\t${target.name}\n`)
    }
    const price = priceOf(target, question)
    const most = Math.min(options['max-tokens'] ?? Infinity, LONGEST_ANSWER)
    const figures = price === undefined ? '' : `\t${price.input},${price.output},${most}`
    if (mayCost(target) || price !== undefined) await io.stdout.write(`${target.label}${figures}\n`)
  }
  for (const target of targets) await requireKey(target, options, io)
  for (const target of targets) await printWindow(target, question, what === 'window', io)
  return ExitStatus.Yes
}

/** A price in a list is the user's own, or newer than that of a server. */
async function printWindow(target: Target, question: Question, mayAsk: boolean, io: Io): Promise<void> {
  const listed = priceOf(target, question)?.window
  const window =
    listed === undefined
      ? await lookForWindow(target, question, mayAsk, io)
      : { tokens: listed, source: 'from the list of prices' }
  if (window) await io.stdout.write(`window\t${window.tokens}\t${target.label}\t${window.source}\n`)
}

/** A command that prints a key may ask the user for something: it is not run for this. */
async function lookForWindow(target: Target, { key: source, callOptions }: Question, mayAsk: boolean, io: Io) {
  if (target.kind === 'server' && !mayAsk) return undefined
  const mayHaveKey = target.kind === 'server' && source.command === undefined
  const key = mayHaveKey ? await findKey(target, source, io) : undefined
  return findWindow(target, { ...callOptions, key }, io)
}

/** A command, a recording and a model on this machine cost nothing. */
function mayCost(target: Target): boolean {
  return target.kind === 'server' && target.api !== 'ollama' && !isLoopback(new URL(target.baseUrl))
}
