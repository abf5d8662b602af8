import type { Io } from '@loop-runner/cli-kit'

/** Prints a model's reasoning on standard error, line by line. */
export interface ReasoningPrinter {
  /** Present if reasoning is printed as it comes. */
  readonly onReasoning: ((text: string) => void) | undefined
  /** Prints the rest once the answer is complete. */
  rest(reasoning: string): void
}

export function makeReasoningPrinter(isVerbose: boolean, { detail }: Pick<Io, 'detail'>): ReasoningPrinter {
  if (!isVerbose) return { onReasoning: undefined, rest: () => {} }
  let printed = ''
  let line = ''
  const print = (text: string) => {
    printed += text
    const lines = (line + text).split('\n')
    line = lines.pop() ?? ''
    for (const complete of lines) if (complete.trim() !== '') detail(`thinks: ${complete}`)
  }
  return {
    onReasoning: print,
    rest: (reasoning) => print(`${reasoning.startsWith(printed) ? reasoning.slice(printed.length) : ''}\n`),
  }
}
