import { CommandError, defineCommand, ExitStatus, type Io, nearest, UsageError } from '@loop-runner/cli-kit'
import {
  applyForm,
  ENDPOINTS_KEY,
  LlmFailure,
  priceOf,
  type Question,
  readEndpoints,
  requirePrices,
  type Result,
} from '@loop-runner/llm-client'
import { CALL_OPTIONS, CONVERSATION_OPTIONS, OUTPUT_OPTIONS, REQUEST_OPTIONS, TARGET_OPTIONS } from './ask-options.ts'
import { continueWith, factsOf } from '../conversation/continue-with.ts'
import { type Conversation, openConversation } from '../conversation/open-conversation.ts'
import { type AskValues, questionOf, targetsOf } from '../request/question-of-options.ts'
import { readAttachments } from '../request/read-attachment.ts'
import { readPrompt, STDIN } from '../request/read-prompt.ts'
import { followAnswer } from './follow-answer.ts'
import { makePrinter, type Printer } from './printer.ts'
import { answerText, jsonAnswer, jsonFailure, usageBlock, usageBlockOfFailure, usageLine } from './report.ts'
import { preflight } from './preflight.ts'
import { startLocal } from '../ollama/start-local.ts'
import { chooseModel, requireKey } from '../models/choose-model.ts'

const COMMANDS: ReadonlySet<string> = new Set(['chat', 'log', 'models', 'keys', 'serve', 'local', 'prices'])

export const ask = defineCommand({
  usage: '[-m PROVIDER/MODEL] [-s TEXT] [options] [PROMPT…]',
  summary: 'Send a prompt to a language model; print the complete answer or fail.',
  options: { ...TARGET_OPTIONS, ...REQUEST_OPTIONS, ...CONVERSATION_OPTIONS, ...CALL_OPTIONS, ...OUTPUT_OPTIONS },
  operands: { max: Infinity, complete: 'nothing' },
  details: `
The prompt is the operands, joined by spaces, then a blank line, then standard
input, unchanged. The operand - means standard input; only with it is a terminal
read. In a pipe, the answer is printed once it is complete, and nothing is
printed on standard error. A newline is added if the answer does not end with
one.

At a terminal, prompt and answer are kept in a file that only you can read, for
-c and lr-llm log, unless --no-log is given. Without a terminal, they are kept
only with -c, --keep-log and in chat.

exec: runs a command with the prompt on standard input and the options in
LR_LLM_TEMPERATURE, LR_LLM_TOP_P, LR_LLM_MAX_TOKENS, LR_LLM_STOP, LR_LLM_SEED,
LR_LLM_EFFORT and LR_LLM_SCHEMA. exec-server: runs a command that stays, for
chat and serve: it reads requests and prints answers as JSON lines.

Keys are read from GROQ_API_KEY, OPENAI_API_KEY, ANTHROPIC_API_KEY and so on. A
key is sent only to its own provider, or to the address in OPENAI_BASE_URL and
similar variables; to another --url, only a key given by an option is sent.
Without -m, the first provider whose key is set is used. To add servers, list
them under providers: in your own configuration file, each with url, api,
key-env and model, and use -m NAME/MODEL.

replay:FILE replays a recording of --record. replay:FOLDER replays 1.txt, 2.txt
…, one per call: the file numbered LR_ITERATION if it is set, else in order.

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
    if (!given.preflight && isEmptyCall(operands, given, io)) throw emptyPrompt()
    const conversation = openConversation(given, io)
    const continued = continueWith(given, typed, conversation.settings)
    const options = await chooseModel({ options: continued, typed, endpoints }, io)
    const targets = targetsOf(options, io.env, endpoints)
    if (options.preflight) return preflight(targets, options, io)
    if (!options['dry-run']) await requireKey(targets[0], options, io)
    const attached = await readAttachments(options.attach, io)
    const prompt = await readPrompt(operands, io, options['no-stdin'] || options.attach.includes(STDIN))
    if (prompt.trim() === '') throw emptyPrompt()
    const question = questionOf({ prompt, attached, before: conversation.messages }, targets, options, io)
    requirePrices(question)
    if (options['dry-run']) return printDryRun(question, io)
    return complete({ prompt, question, conversation }, options, io)
  },
})

/** Whether no prompt can come, so that a missing key or model is not what is wrong. */
function isEmptyCall(operands: readonly string[], { 'no-stdin': noStdin, attach }: AskValues, { stdin }: Io): boolean {
  return operands.join('').trim() === '' && (noStdin || attach.includes(STDIN) || !stdin.isPiped)
}

function emptyPrompt(): CommandError {
  const message =
    'the prompt is empty: no request was sent (give it as operands or on standard input, or use lr-llm chat)'
  return new CommandError(ExitStatus.No, message)
}

interface Asking {
  readonly prompt: string
  readonly question: Question
  readonly conversation: Conversation
}

/** Sends the request, and prints the answer. */
async function complete({ prompt, question, conversation }: Asking, options: AskValues, io: Io): Promise<number> {
  conversation.prepare()
  const isPlain = !options.json && options.extract === undefined && options.schema === undefined
  const printer = makePrinter(io, isPlain)
  const { verbose, quiet } = options as AskValues & { verbose: boolean; quiet: boolean }
  try {
    await using _local = options.local ? await startLocal(question.targets[0], io, quiet) : undefined
    const result = await followAnswer(question, printer, { verbose, quiet }, io)
    const { schema } = question.sampling
    const formed = await applyForm(result, { extract: options.extract, schema })
    const facts = factsOf(options, question.targets[0], formed, io.cwd)
    conversation.add({ prompt, answer: formed.answer.text, facts })
    await printResult(formed, options, printer, io)
    return ExitStatus.Yes
  } catch (error) {
    if (error instanceof LlmFailure) await printFailure(error, question, options, printer, io)
    throw error
  }
}

/** A single word that is almost a command is a typing error. So are two, if the first is a command with or without an `s`: `logs list`. */
function refuseMistypedCommand(operands: readonly string[], { stdin }: Io): void {
  const [word = '', ...more] = operands
  if (more.length > 1 || stdin.isPiped || !/^[a-z]+$/.test(word)) return
  const isAlone = more.length === 0
  if (isAlone && COMMANDS.has(word)) throw new UsageError(`"${word}" is a command: it comes first (lr-llm ${word} …)`)
  const near = isAlone ? nearWord(word) : [...COMMANDS].find((name) => `${name}s` === word || name === `${word}s`)
  if (near === undefined) return
  const what = isAlone ? 'one word' : 'it'
  throw new UsageError(
    `"${word}" is not a command: did you mean ${near}? (send ${what} as a prompt by echo ${operands.join(' ')} | lr-llm)`,
  )
}

function nearWord(word: string): string | undefined {
  return word.length < 4 ? undefined : nearest(word, [...COMMANDS])
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
  const counts = usage && !json ? usageBlockOfFailure(failure, label, priceOf({ label }, question)) : ''
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
