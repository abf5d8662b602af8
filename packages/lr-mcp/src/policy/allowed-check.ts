import { quoteCommand, UsageError } from '@loop-runner/cli-kit'

/** A pattern of command lines, read once. */
export interface CheckPattern {
  readonly text: string
  /** `any`: any number of words. */
  readonly words: readonly (RegExp | 'any')[]
  /** The command itself, if the pattern has no `*`. */
  readonly command: readonly string[] | undefined
}

/** A quoted part, in which `*` is a character like others; an escaped character; a `*`; or plain text. */
const PIECE = /'(?<single>[^']*)'|"(?<double>[^"]*)"|\\(?<escaped>.)|(?<star>\*)|(?<plain>[^\s'"\\*]+)/gs
const WORD = /(?:'[^']*'|"[^"]*"|\\.|[^\s'"\\])+/gs

/**
 * Reads a command line whose words may hold `*` for any text; a word `**` is any number of words.
 *
 * @throws UsageError for one without words, or with a quote that is not closed
 */
export function readPattern(text: string): CheckPattern {
  const written = text.match(WORD) ?? []
  if (written.length === 0) throw new UsageError('option --allow-check: an empty pattern allows nothing')
  if (text.replaceAll(WORD, '').trim() !== '') {
    throw new UsageError(`option --allow-check: ${text}: unclosed quote (write \\' or \\" for the character itself)`)
  }
  const words = written.map((word) => (word === '**' ? ('any' as const) : new RegExp(`^${sourceOf(word)}$`)))
  const hasStar = written.some((word) => piecesOf(word).some(({ isStar }) => isStar))
  return { text, words, command: hasStar ? undefined : written.map(unquote) }
}

/** Whether a command matches a pattern, word by word. */
export function isAllowed(command: readonly string[], patterns: readonly CheckPattern[]): boolean {
  return command.length > 0 && patterns.some(({ words }) => matches(words, command))
}

/** The command of the one pattern without `*`; undefined if there are several, or none. */
export function onlyCommand(patterns: readonly CheckPattern[]): readonly string[] | undefined {
  const commands = patterns.flatMap(({ command }) => (command === undefined ? [] : [command]))
  return commands.length === 1 ? commands[0] : undefined
}

/** Reports that a check is not allowed, and what is. */
export function describeRefusal(command: readonly string[] | undefined, patterns: readonly CheckPattern[]): string {
  const allowed =
    patterns.length === 0 ? 'no check is allowed' : `allowed: ${patterns.map(({ text }) => text).join(' | ')}`
  const problem =
    command === undefined ? 'no command is given, and there is no default' : `${quoteCommand(command)}: not allowed`
  return `check: ${problem} (${allowed}; the user can allow a command by lr-mcp --allow-check, or an lr.yaml by lr-loop trust)`
}

function matches(pattern: CheckPattern['words'], words: readonly string[]): boolean {
  const [first, ...rest] = pattern
  if (first === undefined) return words.length === 0
  if (first === 'any')
    return Array.from({ length: words.length + 1 }, (_, at) => at).some((at) => matches(rest, words.slice(at)))
  const [word, ...others] = words
  return word !== undefined && first.test(word) && matches(rest, others)
}

function sourceOf(word: string): string {
  return piecesOf(word)
    .map(({ text, isStar }) => (isStar ? '[^]*' : escapeText(text)))
    .join('')
}

function unquote(word: string): string {
  return piecesOf(word)
    .map(({ text }) => text)
    .join('')
}

function piecesOf(word: string): { readonly text: string; readonly isStar: boolean }[] {
  return [...word.matchAll(PIECE)].map(({ groups: { single, double, escaped, star, plain } = {} }) => ({
    text: single ?? double ?? escaped ?? plain ?? '',
    isStar: star !== undefined,
  }))
}

function escapeText(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
