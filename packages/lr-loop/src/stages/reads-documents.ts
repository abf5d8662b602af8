import { basename } from 'node:path'
import type { StartedCommand } from '@loop-runner/source-files'

/** Programs that look at every document of a folder. */
const OF_DOCUMENTS =
  /^(?:prettier|dprint|oxfmt|markdownlint(?:-cli2?)?|mdl|mdformat|remark|textlint|vale|proselint|alex|write-good|cspell|codespell|typos|misspell|editorconfig-checker|ec|eclint|pre-commit|prek|treefmt|lychee|reuse|tree)$/
/** A word that can match Markdown files: `*.md`, `*`, `**\/*.{js,md}`, and its expansion by a shell. */
const PATTERN =
  /^\.\/[^/]+\.(?:md|markdown)$|\*\.(?:\{[^}]*\b|\()?(?:md|markdown)\b|(?:^|[\s=/'"])\*{1,2}(?:$|[\s'"])|\*\*\/\*(?:$|[\s'"])/
/** Scripts that a shell starts are read separately. */
const SHELL = /^(?:ba|da|k|z)?sh$/
const SEARCHES = /^(?:rg|ag|ack|ugrep)$/
const NAMES = /^-i?(?:name|path|regex|wholename)$/

/**
 * Whether a command reads or counts the documents of the tree, as far as its words tell: a new one may make it fail.
 *
 * @returns the first program that does so
 */
export function readsDocuments(commands: readonly Pick<StartedCommand, 'words'>[]): string | undefined {
  const reader = commands.find(({ words: [program = '', ...args] }) => isReader(basename(program), args))
  return reader && basename(reader.words[0] ?? '')
}

function isReader(name: string, args: readonly string[]): boolean {
  if (OF_DOCUMENTS.test(name)) return readsTree(args)
  if (SHELL.test(name)) return false
  if (name === 'find') return findsDocuments(args)
  if (name === 'ls') return listsFolder(args)
  if (name === 'git') return isGitListing(args)
  if (SEARCHES.test(name) || (/^[efz]?grep$/.test(name) && args.some(isRecursive))) return searchesTree(args)
  return args.some((word) => PATTERN.test(word))
}

/** A program with file or folder operands reads only those. */
function readsTree(args: readonly string[]): boolean {
  const operands = args.filter((word) => !word.startsWith('-') && !/^(?:run|check|fmt|format|lint)$/.test(word))
  return (
    !args.includes('--version') &&
    (operands.length === 0 || operands.some((word) => isRoot(word) || PATTERN.test(word)))
  )
}

/** Without a condition on names it finds all files. */
function findsDocuments(args: readonly string[]): boolean {
  const names = args.filter(
    (_word, at) => NAMES.test(args[at - 1] ?? '') && args[at - 2] !== '!' && args[at - 2] !== '-not',
  )
  if (args.includes('-type') && args[args.indexOf('-type') + 1] === 'd') return false
  return isRoot(args[0]) && (names.length === 0 || names.some((name) => PATTERN.test(name) || /\.md\b/.test(name)))
}

function listsFolder(args: readonly string[]): boolean {
  const operands = args.filter((word) => !word.startsWith('-'))
  return operands.length === 0 || operands.some((word) => isRoot(word) || PATTERN.test(word))
}

/** git lists the tree, unless a path limits it. */
function isGitListing([verb = '', ...args]: readonly string[]): boolean {
  if (verb !== 'ls-files' && verb !== 'grep' && verb !== 'ls-tree') return false
  const paths = args.slice(args.indexOf('--') + 1).filter((word) => !word.startsWith('-'))
  const isNarrow = verb === 'ls-files' ? paths.length > 0 : args.includes('--')
  return !isNarrow || paths.some((path) => PATTERN.test(path) || isRoot(path))
}

function isRecursive(word: string): boolean {
  return /^-[a-zA-Z]*[rR]|^--(?:dereference-)?recursive$/.test(word)
}

function searchesTree(args: readonly string[]): boolean {
  const kinds = args.filter(
    (word, at) => /^(?:--include|--glob|--type)=|^-[gt]./.test(word) || /^-[gt]$/.test(args[at - 1] ?? ''),
  )
  if (kinds.length > 0) return kinds.some((kind) => PATTERN.test(kind) || /\b(?:md|markdown)$/.test(kind))
  const operands = args.filter((word) => !word.startsWith('-')).slice(1)
  return operands.length === 0 || operands.some((word) => isRoot(word) || PATTERN.test(word))
}

function isRoot(word = '.'): boolean {
  return /^(?:\.\/?|"?\$(?:PWD|\(pwd\))"?)$/.test(word) || word.startsWith('-')
}
