import { basename } from 'node:path'

const SHELL = /^(?:ba|da|k|z|a)?sh$/
/** Redirections, quoted strings, the operators between commands, and runs of other characters. */
const TOKENS =
  /\d*(?:>>?|<)(?:&\d|\s*[^\s;&|()<>]+)|&>>?\s*[^\s;&|()]+|"(?:[^"\\]|\\.)*"|'[^']*'|&&|\|\||[;&|\n()]|[^\s;&|()"']+/g
const REDIRECTION = /^(?:\d*[<>]|&>)/
const OPERATOR = /^(?:&&|\|\||[;&|\n()])$/

/** The line that a command gives a shell to read (`sh -c LINE`); undefined if it starts no shell so. */
export function lineForShell([program = '', ...args]: readonly string[]): string | undefined {
  const at = args.findIndex((word) => /^-[a-z]*c$/.test(word))
  return SHELL.test(basename(program)) && at >= 0 ? args[at + 1] : undefined
}

/**
 * The simple commands of a shell line, without the variables set for them and without redirections. Good enough to find
 * the programs that it starts; nothing is expanded.
 */
export function commandsOfLine(line: string): string[][] {
  const commands: string[][] = [[]]
  for (const token of line.replaceAll('\\\n', ' ').match(TOKENS) ?? []) {
    if (OPERATOR.test(token)) commands.push([])
    else if (!REDIRECTION.test(token)) commands.at(-1)?.push(token.replaceAll(/["']/g, ''))
  }
  return commands.map(withoutDecoration).filter((words) => words.length > 0)
}

const KEYWORDS = new Set(['!', '{', '}', 'if', 'then', 'else', 'elif', 'fi', 'do', 'done', 'while', 'until', 'exec'])

function withoutDecoration(words: readonly string[]): string[] {
  const first = words.findIndex((word) => !KEYWORDS.has(word) && !/^\w+=/.test(word))
  return first < 0 ? [] : words.slice(first)
}
