import { basename } from 'node:path'
import { parseShellText, type ShellCommand } from './shell-text.ts'
import { UNKNOWN } from './shell-words.ts'

/** Programs that compare files and end with 1 if they differ. */
const COMPARES = /^(?:diff|cmp|colordiff|sdiff|zdiff|zcmp)$/

/** Programs that only show a file, or ask whether it is there. */
const SHOWS = /^(?:cat|\[|\[\[|test|echo|printf|ls|wc|head|tail)$/

/** The text alone is read, not the files that it names. */
const SURROUNDINGS = { expandPattern: (word: string) => [word], listedBy: () => [], scriptFolder: '.' }

/**
 * The files of a text for a shell that are only compared: operands of `diff` and `cmp`, and what `$(cat FILE)` gives to a
 * condition. What the text also writes, or gives to another program, is not one of them: it is made, or it is input.
 *
 * @returns paths, and patterns where a variable is part of the path
 */
export function comparedFiles(text: string): string[] {
  const commands = parseShellText(simplified(text), SURROUNDINGS).commands.filter(({ words }) => words.length > 0)
  const compared = commands.flatMap((command, index) =>
    isComparison(command) ? operandsOf(command.words) : shownTo(command, commands.slice(index + 1)),
  )
  const others = new Set(commands.flatMap(otherUses))
  return [...new Set(compared.filter((word) => !others.has(word)).flatMap(asPattern))]
}

/** Process substitutions become commands of their own, parts of variables become unknown. */
function simplified(text: string): string {
  const inner: string[] = []
  const outer = text.replaceAll(/[<>]\(((?:[^()]|\([^()]*\))*)\)/g, (_, command: string) => {
    inner.push(command)
    return '-'
  })
  return [outer, ...inner].join('\n').replaceAll(/\$\{\w+[%#/][^}]*\}/g, '$?')
}

function isComparison({ words }: ShellCommand): boolean {
  return COMPARES.test(programOf(words)) || (programOf(words) === 'git' && words.includes('--no-index'))
}

function operandsOf(words: readonly string[]): string[] {
  return words.slice(1).filter((word) => !/^-|^\/|^<$|^(?:diff)$/.test(word))
}

/** `[ "$(./app)" = "$(cat FILE)" ]`: what is substituted comes before the condition. */
function shownTo({ words, input, isSubstituted }: ShellCommand, later: readonly ShellCommand[]): string[] {
  const next = later.find((command) => !command.isSubstituted)
  if (!isSubstituted || !next || !/^(?:\[|\[\[|test)$/.test(programOf(next.words))) return []
  if (programOf(words) !== 'cat') return []
  return [...words.slice(1), ...(input === undefined ? [] : [input])]
}

/** Words that are made, or given to a program that may do anything with them. */
function otherUses(command: ShellCommand): string[] {
  const { words, input, output } = command
  const made = output === undefined ? [] : [output]
  const name = programOf(words)
  if (isComparison(command) || SHOWS.test(name)) return made
  return [...made, ...words.slice(1), ...(input === undefined ? [] : [input])]
}

/** Of a word with a variable, the end that is known: `${name%.in}.out` is `*.out`. */
function asPattern(word: string): string[] {
  if (!word.includes(UNKNOWN)) return [word]
  const end = word.slice(word.lastIndexOf(UNKNOWN) + 1)
  return /^[\w.-]*(?:\/[\w.-]+|\.\w+)$/.test(end) ? [end.startsWith('/') ? `**${end}` : `*${end}`] : []
}

function programOf([program = '']: readonly string[]): string {
  return basename(program)
}
