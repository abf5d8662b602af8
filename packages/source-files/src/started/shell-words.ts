import type { Parsing, ShellCommand } from './shell-text.ts'

/** Part of a word that cannot be read. */
export const UNKNOWN = '\0'

/** A word as it is written, quotes included, and where it ends. */
export function scanWord(text: string, start: number): { raw: string; end: number } {
  let at = start
  // `<(…)` is a word, too.
  if (/[<>]/.test(text[at] ?? '') && text[at + 1] === '(') at = endOfParentheses(text, at + 1)
  while (at < text.length && !/[\s;&|<>()]/.test(text[at] ?? '')) at = endOfPiece(text, at)
  // A parenthesis where none can be: taken as it is.
  if (at === start) at++
  return { raw: text.slice(start, at), end: at }
}

function endOfPiece(text: string, at: number): number {
  const two = text.slice(at, at + 2)
  if (two === '$(') return endOfParentheses(text, at + 1)
  if (two === '${') return after(text, '}', at + 2)
  if (text[at] === '\\') return at + 2
  if (text[at] === "'") return after(text, "'", at + 1)
  if (text[at] === '`') return after(text, '`', at + 1)
  if (text[at] !== '"') return at + 1
  let inside = at + 1
  while (inside < text.length && text[inside] !== '"') {
    inside = text[inside] === "'" ? inside + 1 : endOfPiece(text, inside)
  }
  return inside + 1
}

function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from)
  return found < 0 ? text.length : found + 1
}

function endOfParentheses(text: string, open: number): number {
  let at = open + 1
  while (at < text.length && text[at] !== ')') at = text[at] === '(' ? endOfParentheses(text, at) : endOfPiece(text, at)
  return at + 1
}

const PIECE =
  /\\(?<escaped>[^])|'(?<single>[^']*)'|`(?<ticks>[^`]*)`|\$\{?(?<name>\w+|[@*#?!-])(?<rest>[^}"']*?)(?:\}|(?<=\$\w+)(?=\W|$)|(?<=\$[@*#?!-]))|"|(?<plain>[^])/y

/** The value of a word, as far as it can be read; the commands of `$(…)` are noted. */
export function expandWord(raw: string, parsing: Parsing): string {
  const variable = /^(\w+)=/.exec(raw)?.[1]
  let value = ''
  let at = 0
  while (at < raw.length) {
    if (/^[$<>]\(/.test(raw.slice(at, at + 2))) {
      const end = endOfParentheses(raw, at + 1)
      value += outputOf(raw.slice(at + 2, end - 1), { parsing, variable, isFile: raw[at] !== '$' })
      at = end
    } else {
      PIECE.lastIndex = at
      const { 0: piece = ' ', groups = {} } = PIECE.exec(raw) ?? {}
      value += valueOfPiece(groups, variable, parsing)
      at += piece.length
    }
  }
  return value
}

function valueOfPiece(
  { escaped, single, ticks, name, rest = '', plain = '' }: Readonly<Record<string, string | undefined>>,
  variable: string | undefined,
  parsing: Parsing,
): string {
  if (name !== undefined) return valueOf(name, rest, parsing)
  return ticks === undefined ? (escaped ?? single ?? plain) : outputOf(ticks, { parsing, variable, isFile: false })
}

/** The words of the list of a loop: those that a command lists, too. */
export function expandList(raw: string, parsing: Parsing): readonly string[] {
  const [, inner] = /^"?(?:\$\(([^]*)\)|`([^`]*)`)"?$/.exec(raw)?.filter((part) => part !== undefined) ?? []
  const listed = inner === undefined ? [] : listedBy(inner, parsing)
  return listed.length > 0 ? listed : [expandWord(raw, parsing)]
}

/** The files that the last of some commands lists. */
export function listedBy(text: string, parsing: Parsing): readonly string[] {
  const command = parsing.parseInner(text).find(({ source }) => source === undefined)
  return command ? parsing.listedBy(command.words) : []
}

interface Output {
  readonly parsing: Parsing
  /** The variable that takes it. */
  readonly variable: string | undefined
  /** Whether the word names a file that holds it: `<(…)`. */
  readonly isFile: boolean
}

const IS_HERE = /^\s*pwd(?:\s+-[LP])?\s*$/
const FOLDER_OF_SCRIPT = /^\s*dirname\s+(?:--\s+)?"?\$\{?(?:0|BASH_SOURCE)/
const IS_THERE = /^\s*cd\s+(?:-P\s+)?(?:--\s+)?([^]*?)\s*(?:>\s*\S+\s*)?(?:2>&1\s*)?&&\s*pwd(?:\s+-[LP])?\s*$/

function outputOf(text: string, { parsing, variable, isFile }: Output): string {
  const commands = parsing.parseInner(text)
  const file = isFile && commands.length === 1 ? fileReadBy(commands[0]) : undefined
  if (file !== undefined) return file
  for (const command of commands) noteInner(command, variable, parsing)
  if (IS_HERE.test(text)) return '.'
  if (FOLDER_OF_SCRIPT.test(text)) return parsing.scriptFolder
  const folder = IS_THERE.exec(text)?.[1]
  return folder === undefined ? UNKNOWN : expandWord(folder, parsing)
}

/** `cat FILE`, `sed … FILE` */
function fileReadBy(command: ShellCommand | undefined): string | undefined {
  return /^(?:cat|tr|sed)$/.test(command?.words[0] ?? '') ? command?.words.at(-1) : undefined
}

function noteInner(command: ShellCommand, variable: string | undefined, parsing: Parsing): void {
  const noted = { ...command, isSubstituted: true, takenBy: command.isSubstituted ? command.takenBy : variable }
  parsing.commands.push(noted)
  parsing.taken.push(noted)
}

function valueOf(name: string, rest: string, { variables, uses, scriptFolder }: Parsing): string {
  uses.add(name)
  if (name === 'PWD') return '.'
  if (/^(?:0|BASH_SOURCE)$/.test(name) && rest.endsWith('%/*')) return scriptFolder
  const values = variables.get(name)
  if (values === undefined) return /^:?[-=](?<fallback>.+)$/.exec(rest)?.groups?.['fallback'] ?? UNKNOWN
  return values.length === 1 ? (values[0] ?? '') : `${UNKNOWN}${name}${UNKNOWN}`
}
