import type { Io } from '@loop-runner/cli-kit'
import { askModels, type Context, type Question, type Result } from '@loop-runner/llm-client'
import type { Printer } from './printer.ts'
import { makeReasoningPrinter } from './reasoning-printer.ts'
import { startStatusLine } from './status-line.ts'

/** The answer; meanwhile, a status line and, with -v, the reasoning are shown. */
export async function followAnswer(
  question: Question,
  printer: Printer,
  { verbose, quiet }: { readonly verbose: boolean; readonly quiet: boolean },
  io: Io & Context,
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
