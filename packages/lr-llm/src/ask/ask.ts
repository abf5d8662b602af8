import { resolve } from 'node:path'
import { CommandError, defineCommand, ExitStatus, type Io, nearest, UsageError } from '@loop-runner/cli-kit'
import {
  appendText,
  applyForm,
  askModels,
  ENDPOINTS_KEY,
  LlmFailure,
  priceOf,
  type Question,
  readEndpoints,
  requirePrices,
  type Result,
  type Target,
  isLoopback,
} from '@loop-runner/llm-client'
import { CALL_OPTIONS, OUTPUT_OPTIONS, REQUEST_OPTIONS, TARGET_OPTIONS } from './ask-options.ts'
import { writeTurn } from '../request/history.ts'
import { type AskValues, questionOf, targetsOf } from '../request/question-of-options.ts'
import { readAttachments } from '../request/read-attachment.ts'
import { readPrompt, STDIN } from '../request/read-prompt.ts'
import { makePrinter, type Printer } from './printer.ts'
import { makeReasoningPrinter } from './reasoning-printer.ts'
import { answerText, jsonAnswer, jsonFailure, usageBlock, usageBlockOfFailure, usageLine } from './report.ts'
import { startStatusLine } from './status-line.ts'
import { chooseModel, requireKey } from '../models/choose-model.ts'

const COMMANDS: ReadonlySet<string> = new Set(['models', 'keys', 'serve', 'local', 'prices'])

export const ask = defineCommand({
  usage: '[-m PROVIDER/MODEL] [-s SYSTEM] [options] [PROMPT…]',
  summary: 'Send a prompt to a language model; print the complete answer or fail.',
  options: { ...TARGET_OPTIONS, ...REQUEST_OPTIONS, ...CALL_OPTIONS, ...OUTPUT_OPTIONS },
  operands: { max: Infinity, complete: 'nothing' },
  details: `
The prompt is the operands, joined by a space, then a blank line, then standard
input exactly; - stands for standard input. A terminal is not read without it.
In a pipe the answer is printed once it is complete, and nothing on standard
error; a newline is added if it does not end in one.

exec: gets the prompt on standard input, and the options as LR_LLM_TEMPERATURE,
LR_LLM_TOP_P, LR_LLM_MAX_TOKENS, LR_LLM_STOP, LR_LLM_SEED, LR_LLM_EFFORT and
LR_LLM_SCHEMA.

Keys come from GROQ_API_KEY, OPENAI_API_KEY, ANTHROPIC_API_KEY and so on, and go
to their own provider only, or where OPENAI_BASE_URL and its like point; with
--url elsewhere, only a key named by option. Without -m the first provider whose
key is set is used. Name servers of your own under providers: in your own
configuration file, each with url, api, key-env and model; -m NAME/MODEL then
uses them.

replay:FILE replays what --record wrote; replay:FOLDER replays 1.txt, 2.txt …,
one a call: by LR_ITERATION if it is set, else in order.

Exit codes: 0 complete answer · 1 empty prompt, no request sent · 2 invalid
usage · 3 request rejected, or no API key · 4 server unavailable, overloaded or
too slow: retry later · 5 incomplete answer: truncated, empty, refused, too
large · 6 the prompt is too long for the model · 7 over the budget

  git diff | lr-llm -m groq/openai/gpt-oss-120b 'Write a commit message'
`,
  fileKeys: { names: [ENDPOINTS_KEY], needTrust: true, judge: async (files) => readEndpoints(files) },
  async run({ operands, options: given, typed, configFiles }, io) {
    refuseMistypedCommand(operands, io)
    warnOfTypedKey(given, io)
    const endpoints = readEndpoints(configFiles)
    if (operands.length === 0 && !io.stdin.isPiped && !given.preflight) throw emptyPrompt()
    const options = await chooseModel({ options: given, typed, endpoints }, io)
    const targets = targetsOf(options, io.env, endpoints)
    if (options.preflight) return preflight(targets, options, io)
    if (!options['dry-run']) await requireKey(targets[0], options, io)
    const attached = await readAttachments(options.attach, io)
    const prompt = await readPrompt(operands, io, options.attach.includes(STDIN))
    if (prompt.trim() === '') throw emptyPrompt()
    const question = questionOf(prompt, targets, options, attached, io)
    requirePrices(question)
    if (options['dry-run']) return printDryRun(question, io)
    return complete(prompt, question, options, io)
  },
})

function emptyPrompt(): CommandError {
  const message = 'the prompt is empty: no request was sent (give it as operands or on standard input)'
  return new CommandError(ExitStatus.No, message)
}

/** Sends the request, and prints what comes of it. */
async function complete(prompt: string, question: Question, options: AskValues, io: Io): Promise<number> {
  const history = options.history === undefined ? undefined : resolve(io.cwd, options.history)
  if (history !== undefined) appendText(history, '')
  const isPlain = !options.json && options.extract === undefined && options.schema === undefined
  const printer = makePrinter(io, isPlain)
  const { verbose, quiet } = options as AskValues & { verbose: boolean; quiet: boolean }
  try {
    await using _local = options.local ? await startLocal(question.targets[0], io, quiet) : undefined
    const result = await followed(question, printer, { verbose, quiet }, io)
    const { schema } = question.sampling
    const formed = await applyForm(result, { extract: options.extract, schema })
    if (history !== undefined) appendText(history, writeTurn(prompt, formed.answer.text))
    await printResult(formed, options, printer, io)
    return ExitStatus.Yes
  } catch (error) {
    if (error instanceof LlmFailure) await printFailure(error, question, options, printer, io)
    throw error
  }
}

/** The answer, while a status line and, with -v, the reasoning show what happens. */
async function followed(
  question: Question,
  printer: Printer,
  { verbose, quiet }: { readonly verbose: boolean; readonly quiet: boolean },
  io: Io,
): Promise<Result> {
  const status = startStatusLine(io, quiet)
  const reasoning = makeReasoningPrinter(verbose, status.io)
  const { onText } = printer
  const listener = {
    onProgress: status.onProgress,
    onReasoning: reasoning.onReasoning,
    onText:
      onText &&
      ((text: string) => {
        status.stop()
        onText(text)
      }),
  }
  try {
    const result = await askModels(question, status.io, listener)
    reasoning.rest(result.answer.reasoning)
    return result
  } finally {
    status.stop()
  }
}

/** A single word that is almost a command is a typing error. */
function refuseMistypedCommand([word = '', ...more]: readonly string[], { stdin }: Io): void {
  if (more.length > 0 || stdin.isPiped || !/^[a-z]+$/.test(word)) return
  const near = word.length < 4 ? undefined : nearest(word, [...COMMANDS])
  if (COMMANDS.has(word)) throw new UsageError(`"${word}" is a command: it comes first (lr-llm ${word} …)`)
  if (near === undefined) return
  throw new UsageError(
    `"${word}" is not a command: did you mean ${near}? (send one word as a prompt by echo ${word} | lr-llm)`,
  )
}

/**
 * Prints the models that may cost money, each with the price of a million tokens in and out if that is known.
 *
 * @throws LlmFailure if a key is missing, UsageError if --max-cost cannot hold
 */
async function preflight(targets: ReturnType<typeof targetsOf>, options: AskValues, io: Io): Promise<number> {
  const question = questionOf('', targets, options, [], io)
  requirePrices(question)
  for (const target of targets) {
    const price = priceOf(target.label, question)
    const figures = price === undefined ? '' : `\t${price.input},${price.output}`
    if (mayCost(target)) await io.stdout.write(`${target.label}${figures}\n`)
  }
  for (const target of targets) await requireKey(target, options, io)
  return ExitStatus.Yes
}

async function startLocal(target: Target, io: Io, isQuiet: boolean): Promise<AsyncDisposable> {
  const { useLocalVisibly } = await import('@loop-runner/llm-client/ollama/use-local-visibly')
  return useLocalVisibly(target, io, isQuiet)
}

/** A key in a variable is not visible to other users. */
function warnOfTypedKey({ 'api-key': key }: AskValues, { env, warn }: Io): void {
  if (key === undefined || key === env['LR_LLM_API_KEY'] || key === env['LR_API_KEY']) return
  warn('option --api-key: other users can see the key (set its variable instead)')
}

async function printResult(result: Result, options: AskValues, printer: Printer, io: Io): Promise<void> {
  await io.stdout.write(options.json ? jsonAnswer(result) : printer.rest(answerText(result)))
  if (options.usage && !options.json) await io.stdout.write(usageBlock(result))
  // In a pipe standard error is silent on success: editors and cron jobs take it for output or an error.
  if (io.stderr.isTerminal) io.progress(usageLine(result))
  else io.detail(usageLine(result))
}

async function printFailure(
  failure: LlmFailure,
  { targets: [{ label }], ...question }: Question,
  { json, usage }: AskValues,
  printer: Printer,
  io: Io,
): Promise<void> {
  const counts = usage && !json ? usageBlockOfFailure(failure, label, priceOf(label, question)) : ''
  await io.stdout.write(json ? jsonFailure(failure, label) : printer.broken() + counts)
}

async function printDryRun(question: Question, io: Io): Promise<number> {
  const { dryRun } = await import('./dry-run.ts')
  const { body, where, forecast } = dryRun(question)
  io.progress(where)
  if (forecast !== undefined) io.progress(forecast)
  await io.stdout.write(body)
  return ExitStatus.Yes
}

/** A command, a recording and a model on this machine cost nothing. */
function mayCost(target: Target): boolean {
  return target.kind === 'server' && target.api !== 'ollama' && !isLoopback(new URL(target.baseUrl))
}
