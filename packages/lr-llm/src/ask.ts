import { CommandError, defineCommand, ExitStatus, type Io } from '@loop-runner/cli-kit'
import { CALL_OPTIONS, OUTPUT_OPTIONS, REQUEST_OPTIONS, TARGET_OPTIONS } from './ask-options.ts'
import type { TextListener } from './server-call.ts'
import { askTarget } from './ask-target.ts'
import { LlmFailure } from './failure.ts'
import { readPrompt } from './read-prompt.ts'
import { answerText, jsonAnswer, jsonFailure, usageBlock, usageLine } from './report.ts'
import { callOptionsOf, messagesOf, samplingOf } from './request-of-options.ts'
import { parseTarget } from './target.ts'
import { terminalText } from './terminal-text.ts'

export const ask = defineCommand({
  usage: '[-m PROVIDER/MODEL] [-s SYSTEM] [options] [PROMPT…]',
  summary: 'Ask a language model; print its whole answer or fail.',
  options: { ...TARGET_OPTIONS, ...REQUEST_OPTIONS, ...CALL_OPTIONS, ...OUTPUT_OPTIONS },
  operands: { max: Infinity },
  details: `
The prompt is the operands, joined by a space, then a blank line, then standard
input exactly; a terminal is not read. In a pipe the answer is printed once it
is whole; a newline is added where it ends in none.

Keys come from GROQ_API_KEY, OPENAI_API_KEY, ANTHROPIC_API_KEY and so on, and go
to their own provider only; with --url elsewhere, only a key named by option.

replay:FILE has what --record wrote; replay:FOLDER has 1.txt, 2.txt …, one for
each call: by LR_ITERATION where it is set, else in the order of the calls.

Exit status: 0 a whole answer · 1 the prompt is empty, nothing was asked
2 used wrongly · 3 turned down, or no key · 4 could not be reached, overloaded,
too slow: try again · 5 the answer is not whole: cut off, empty, refused
6 the prompt is too long for the model · 7 over the budget

  git diff | lr-llm -m groq/openai/gpt-oss-120b 'Write a commit message'
`,
  async run({ operands, options }, io) {
    if (options['api-key'] !== undefined)
      io.warn('option --api-key: other users can see the key (set its variable instead)')
    const target = parseTarget({ ...options, env: io.env })
    const prompt = await readPrompt(operands, io)
    if (prompt.trim() === '') throw new CommandError(ExitStatus.No, 'the prompt is empty: nothing was asked')
    const request = {
      model: target.kind === 'server' ? target.model : target.label,
      messages: messagesOf(prompt, options),
      sampling: samplingOf(options),
    }
    const key = { key: options['api-key'], env: options['key-env'], file: options['key-file'] }
    const printer = makePrinter(io, options.json)
    try {
      const result = await askTarget(
        {
          target,
          request,
          key,
          callOptions: (found) => callOptionsOf(options, found, io.cwd),
          passEnv: options['pass-env'],
          inOrder: options['replay-order'],
        },
        io,
        printer.onText,
      )
      for (const line of result.answer.reasoning.split('\n')) if (line.trim() !== '') io.detail(`thinks: ${line}`)
      await io.stdout.write(options.json ? jsonAnswer(result) : printer.rest(answerText(result)))
      if (options.usage && !options.json) await io.stdout.write(usageBlock(result))
      io.progress(usageLine(result))
      return ExitStatus.Yes
    } catch (error) {
      if (error instanceof LlmFailure)
        await io.stdout.write(options.json ? jsonFailure(error, target.label) : printer.rest('\n'))
      throw error
    }
  },
})

interface Printer {
  readonly onText?: TextListener
  /** What is left to print of all of the answer; nothing where nothing was printed and it failed. */
  rest(text: string): string
}

/** On a terminal an answer is printed as it comes; in a pipe only once it is whole. */
function makePrinter({ stdout }: Io, json: boolean): Printer {
  if (json || !stdout.isTerminal) return { rest: (text) => (text === '\n' ? '' : text) }
  let printed = ''
  return {
    onText: (text) => {
      printed += text
      void stdout.write(terminalText(text)).catch(() => {})
    },
    rest: (text) => {
      if (printed === '') return text === '\n' ? '' : terminalText(text)
      return text.startsWith(printed) ? terminalText(text.slice(printed.length)) : '\n'
    },
  }
}
