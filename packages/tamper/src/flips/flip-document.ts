import { type Flip, flipLiteral, NEXT } from './flip-expectations.ts'

const LITERAL = /^(\s*)(-?\d+(?:\.\d+)?|True|False|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")\s*$/

/** A text with tests of `doctest`: what stands below a line with `>>>` is what it prints. */
export function isDocument(path: string): boolean {
  return /\.(?:rst|md|txt|doctest)$/.test(path)
}

/** @returns `others`: how many expected outputs were not changed */
export function flipDocument(path: string, text: string) {
  const flips: Flip[] = []
  let others = 0
  const lines = text.split('\n').map((line, index, all) => {
    if (!isCode(all[index - 1]) || isCode(line) || line.trim() === '') return line
    const [, indent = '', before] = LITERAL.exec(line) ?? []
    if (before === undefined) {
      others += 1
      return line
    }
    const after = flipLiteral(before, NEXT)
    flips.push({ path, line: index + 1, before, after })
    return indent + after
  })
  return { text: lines.join('\n'), flips, others, isSure: flips.length > 0 }
}

function isCode(line = ''): boolean {
  return /^\s*(?:>>>|\.\.\.)(?:\s|$)/.test(line)
}
