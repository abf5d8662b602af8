import { type Io, showable, visibleText } from '@loop-runner/cli-kit'

/** Prints an answer. */
export interface Printer {
  /** Where an answer is printed as it comes. */
  readonly onText?: (text: string) => void
  /** The rest of the complete answer. */
  rest(text: string): string
  /** Ends an incomplete answer. */
  broken(): string
}

/** On a terminal an answer is printed as it comes; in a pipe only once it is complete. */
export function makePrinter({ stdout }: Io, asItComes: boolean): Printer {
  if (!stdout.isTerminal) return { rest: (text) => text, broken: () => '' }
  let spoken = ''
  let printed = ''
  const broken = () => (printed === '' || printed.endsWith('\n') ? '' : '\n')
  const onText = (text: string) => {
    spoken += text
    const piece = showable(spoken.slice(printed.length))
    printed += piece
    // A write that fails is seen by the one that ends the answer.
    void stdout.write(visibleText(piece)).catch(() => {})
  }
  return {
    ...(asItComes ? { onText } : {}),
    rest: (text) => (text.startsWith(printed) ? visibleText(text.slice(printed.length)) : broken() + visibleText(text)),
    broken,
  }
}
