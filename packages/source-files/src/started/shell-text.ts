/** One simple command of a shell text. */
export interface ShellCommand {
  /** Without redirections. A word with an expansion that cannot be read holds a NUL. */
  readonly words: readonly string[]
  /** The file of `< FILE`. */
  readonly input: string | undefined
  /** The body of a here-document or here-string. */
  readonly document: string | undefined
  /** The file of `> FILE`. */
  readonly output: string | undefined
  /** The command whose output it reads. */
  readonly source: ShellCommand | undefined
  /** The command that reads its output. */
  sink?: ShellCommand
  /** Whether only its output is used: `$(…)`. */
  readonly isSubstituted: boolean
}

/** Part of a word that cannot be read. */
export const UNKNOWN = '\0'

const OPERATORS = ['&&', '||', ';;', '|&', ';', '|', '&', '(', ')', '\n']
const KEYWORDS = new Set(['if', 'then', 'elif', 'else', 'fi', 'while', 'until', 'do', 'done', '!', '{', '}', 'esac'])

/** What a text for a shell says, as far as it can be read. */
export interface ShellText {
  /** In order; those of `$(…)` come before the command that uses them. */
  readonly commands: readonly ShellCommand[]
  /** The literal values that variables are given. */
  readonly variables: ReadonlyMap<string, readonly string[]>
}

interface Pending {
  words: string[]
  input: string | undefined
  document: string | undefined
  output: string | undefined
}

interface Parsing {
  readonly commands: ShellCommand[]
  readonly variables: Map<string, readonly string[]>
  /** The words that a pattern means. */
  readonly expandPattern: (word: string) => readonly string[]
}

/** Quotes may be unbalanced: the rest then is one word. */
export function parseShellText(text: string, expandPattern: Parsing['expandPattern']): ShellText {
  const parsing: Parsing = { commands: [], variables: new Map(), expandPattern }
  parseInto(parsing, text)
  return parsing
}

function parseInto(parsing: Parsing, text: string): void {
  const documents: { readonly end: string; readonly owner: Pending }[] = []
  let pending = nothingPending()
  let source: ShellCommand | undefined
  let at = 0
  let parentheses = 0
  const readOneWord = () => {
    const { raw, end } = scanWord(text, at)
    at = end
    return expandWord(raw, parsing)
  }
  const redirect = (operator: string) => {
    at += operator.length
    while (text[at] === ' ' || text[at] === '\t') at++
    const target = readOneWord()
    if (/^<<-?$/.test(operator)) documents.push({ end: target, owner: pending })
    else noteRedirection(pending, operator, target)
  }
  while (at < text.length) {
    const rest = text.slice(at, at + 3)
    const redirection = REDIRECTION.exec(rest)?.[0]
    const operator = OPERATORS.find((candidate) => rest.startsWith(candidate))
    const blank = BLANK.exec(text.slice(at, at + 4096))?.[0] ?? ''
    if (blank !== '') at += blank.length
    else if (redirection !== undefined) redirect(redirection)
    else if (operator === undefined) pending.words.push(readOneWord())
    else {
      at += operator.length
      if (operator === '\n') at = readDocuments(text, at, documents)
      if (operator === '(') parentheses++
      // Without an opening parenthesis it ends a pattern of `case`.
      else if (operator === ')' && --parentheses < 0) [pending, parentheses] = [nothingPending(), 0]
      source = finishCommand(parsing, pending, source, /^\|&?$/.test(operator))
      pending = nothingPending()
    }
  }
  finishCommand(parsing, pending, source, false)
}

const REDIRECTION = /^(?:<<<|<<-|<<|<>|<(?!\()|>>|>\||>&|&>|>(?!\())/
/** Blanks, continued lines, a comment, the number of a redirection. */
const BLANK = /^(?:[ \t\r]|\\\n|#[^\n]*|\d+(?=[<>]))+/

function nothingPending(): Pending {
  return { words: [], input: undefined, document: undefined, output: undefined }
}

function noteRedirection(pending: Pending, operator: string, target: string): void {
  if (operator === '<<<') pending.document = target
  else if (operator === '<') pending.input = target
  else if (!/^&|^\d$/.test(target)) pending.output ??= target
}

/** @returns the command, if its output is read by the next one */
function finishCommand(
  parsing: Parsing,
  { words: all, ...redirections }: Pending,
  source: ShellCommand | undefined,
  isPiped: boolean,
): ShellCommand | undefined {
  let piped: ShellCommand | undefined
  for (const words of assigned(withoutKeywords(all), parsing)) {
    const command: ShellCommand = { words, ...redirections, source, isSubstituted: false }
    if (source) source.sink = command
    parsing.commands.push(command)
    if (isPiped) piped = command
  }
  return piped
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}

function readDocuments(text: string, start: number, heredocs: { end: string; owner: Pending }[]): number {
  let at = start
  for (const { end, owner } of heredocs.splice(0)) {
    const lines: string[] = []
    while (at < text.length) {
      const line = text.slice(at, endOfLine(text, at))
      at += line.length + 1
      if (line.trim() === end) break
      lines.push(line)
    }
    owner.document = lines.join('\n')
  }
  return at
}

/** A word as it is written, quotes included, and where it ends. */
function scanWord(text: string, start: number): { raw: string; end: number } {
  let at = start
  while (at < text.length && !/[\s;&|<>()]/.test(text[at] ?? '')) {
    at = endOfPiece(text, at)
  }
  // A process substitution, or a parenthesis where none can be: taken as it is.
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

const PIECES =
  /\\(?<escaped>[^])|'(?<single>[^']*)'|\$\((?<inner>[^]*?)\)(?=[^)]|$)|`(?<ticks>[^`]*)`|\$\{?(?<name>\w+|[@*#?!-])(?<rest>[^}"']*?)(?:\}|(?<=\$\w+)(?=\W|$)|(?<=\$[@*#?!-]))|"|(?<plain>[^])/g

/** The value of a word, as far as it can be read; the commands of `$(…)` are noted. */
function expandWord(raw: string, parsing: Parsing): string {
  let value = ''
  for (const { groups = {} } of raw.matchAll(PIECES)) {
    const { escaped, single, inner, ticks, name, rest = '', plain = '' } = groups
    if (name !== undefined) value += valueOf(name, rest, parsing.variables)
    else value += escaped ?? single ?? outputOf(inner ?? ticks, parsing) ?? plain
  }
  return value
}

function outputOf(text: string | undefined, parsing: Parsing): string | undefined {
  if (text === undefined) return undefined
  const commands: ShellCommand[] = []
  parseInto({ ...parsing, commands }, text)
  parsing.commands.push(...commands.map((command) => ({ ...command, isSubstituted: true })))
  return /^\s*pwd\s*$|^\s*dirname\s+"?\$\{?(?:0|BASH_SOURCE)/.test(text) ? '.' : UNKNOWN
}

function valueOf(name: string, rest: string, variables: ReadonlyMap<string, readonly string[]>): string {
  if (name === 'PWD') return '.'
  const values = variables.get(name)
  if (values === undefined) return /^:?[-=](?<fallback>.+)$/.exec(rest)?.groups?.['fallback'] ?? UNKNOWN
  return values.length === 1 ? (values[0] ?? '') : `${UNKNOWN}${name}${UNKNOWN}`
}

function withoutKeywords(words: readonly string[]): readonly string[] {
  const first = words.findIndex((word) => !KEYWORDS.has(word))
  return first < 0 ? [] : words.slice(first)
}

const ASSIGNMENT = /^(\w+)=([^]*)$/

/** Notes what is assigned; gives the command once for each value of a loop's variable that it uses. */
function assigned(all: readonly string[], { variables, expandPattern }: Parsing): readonly (readonly string[])[] {
  const [keyword, variable = ''] = all
  if (keyword === 'for') variables.set(variable, all.slice(3).flatMap(expandPattern))
  if (keyword === 'for' || keyword === 'case') return []
  const first = all.findIndex((word) => !ASSIGNMENT.test(word))
  const command = first < 0 ? [] : all.slice(first)
  noteAssignments(command[0] === 'export' ? command.slice(1) : all.slice(0, all.length - command.length), variables)
  const loop = /\0(\w+)\0/.exec(command.join(' '))?.[1] ?? ''
  const values = variables.get(loop)
  if (values) return values.map((value) => command.map((word) => word.replaceAll(`\0${loop}\0`, value)))
  return command.length === 0 ? [] : [[...asWords(command[0] ?? ''), ...command.slice(1)]]
}

function noteAssignments(words: readonly string[], variables: Map<string, readonly string[]>): void {
  for (const word of words) {
    const [, name, value = ''] = ASSIGNMENT.exec(word) ?? []
    if (name !== undefined) variables.set(name, [value])
  }
}

/** A variable whose value is a command line; a path with blanks stays one word. */
function asWords(program: string): string[] {
  return /^[\w./-]+( [^/ ]\S*)+$/.test(program) ? program.split(' ') : [program]
}
