import type { Change } from './change.ts'
import { flipLiteral, NEXT } from './flip-literal.ts'

const LITERAL = /^(\s*)(-?\d+(?:\.\d+)?|True|False|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")\s*$/

/** A text with tests of `doctest`: the lines below a line with `>>>` are its expected output. */
export function isDocument(path: string): boolean {
  return /\.(?:rst|md|txt|doctest)$/.test(path)
}

/** @returns `others`: how many expected outputs were not changed */
export function changesInDocument(text: string) {
  const changes: Change[] = []
  let others = 0
  let from = 0
  const lines = text.split('\n')
  for (const [index, line] of lines.entries()) {
    if (isCode(lines[index - 1]) && !isCode(line) && line.trim() !== '') {
      const [, indent = '', before] = LITERAL.exec(line) ?? []
      const start = from + indent.length
      if (before === undefined) others += 1
      else changes.push({ start, end: from + line.length, after: flipLiteral(before, NEXT) })
    }
    from += line.length + 1
  }
  return { changes, others, isSure: changes.length > 0 }
}

function isCode(line = ''): boolean {
  return /^\s*(?:>>>|\.\.\.)(?:\s|$)/.test(line)
}
