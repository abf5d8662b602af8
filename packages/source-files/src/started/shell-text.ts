import { assigned } from './shell-assignments.ts'
import { expandList, expandWord, scanWord } from './shell-words.ts'

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
  /** Whether it stands in `$(…)`. */
  readonly isSubstituted: boolean
  /** The variable that takes its output, if nothing else decides the exit code: `X=$(…)`. */
  takenBy?: string | undefined
  /** The variables that its words use. */
  readonly uses: ReadonlySet<string>
}

/** What a shell finds when it runs a text. */
export interface ShellSurroundings {
  /** The words that a pattern means. */
  readonly expandPattern: (word: string) => readonly string[]
  /** The files that a command names in its output: `find`, `ls`. */
  readonly listedBy: (words: readonly string[]) => readonly string[]
  /** The folder of the script that holds the text, from where it runs. */
  readonly scriptFolder: string
}

/** A text while it is parsed. */
export interface Parsing extends ShellSurroundings {
  readonly commands: ShellCommand[]
  readonly variables: Map<string, readonly string[]>
  /** The variables that the words so far of a command use. */
  uses: Set<string>
  /** The commands in those words whose output a variable takes. */
  taken: ShellCommand[]
  /** Parses a text within the text, with the same variables. */
  readonly parseInner: (text: string) => readonly ShellCommand[]
}

const OPERATORS = ['&&', '||', ';;', '|&', ';', '|', '&', '(', ')', '\n']

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

/** Quotes may be unbalanced: the rest then is one word. */
export function parseShellText(text: string, surroundings: ShellSurroundings): ShellText {
  const parsing = makeParsing(surroundings, new Map())
  parseInto(parsing, text)
  return parsing
}

function makeParsing(surroundings: ShellSurroundings, variables: Parsing['variables']): Parsing {
  const parseInner = (text: string) => {
    const inner = makeParsing(surroundings, variables)
    parseInto(inner, text)
    return inner.commands
  }
  return { ...surroundings, commands: [], variables, uses: new Set(), taken: [], parseInner }
}

function parseInto(parsing: Parsing, text: string): void {
  const documents: { readonly end: string; readonly owner: Pending }[] = []
  let pending = nothingPending()
  let source: ShellCommand | undefined
  let at = 0
  let parentheses = 0
  const readWord = () => {
    const { raw, end } = scanWord(text, at)
    at = end
    return raw
  }
  const redirect = (operator: string) => {
    at += operator.length
    while (text[at] === ' ' || text[at] === '\t') at++
    const target = expandWord(readWord(), parsing)
    if (/^<<-?$/.test(operator)) documents.push({ end: target, owner: pending })
    else noteRedirection(pending, operator, target)
  }
  const finish = (isPiped: boolean) => {
    source = finishCommand(parsing, pending, { source, isPiped, rest: text.slice(at) })
    pending = nothingPending()
  }
  while (at < text.length) {
    const rest = text.slice(at, at + 3)
    const redirection = REDIRECTION.exec(rest)?.[0]
    const operator = OPERATORS.find((candidate) => rest.startsWith(candidate))
    const blank = BLANK.exec(text.slice(at, at + 4096))?.[0] ?? ''
    if (blank !== '') at += blank.length
    else if (redirection !== undefined) redirect(redirection)
    else if (operator === undefined) pending.words.push(...wordsOf(readWord(), pending, parsing))
    else {
      at += operator.length
      if (operator === '\n') at = readDocuments(text, at, documents)
      if (operator === '(') parentheses++
      // Without an opening parenthesis it ends a pattern of `case`.
      else if (operator === ')' && --parentheses < 0) [pending, parentheses] = [nothingPending(), 0]
      finish(/^\|&?$/.test(operator))
    }
  }
  finish(false)
}

const REDIRECTION = /^(?:<<<|<<-|<<|<>|<(?!\()|>>|>\||>&|&>|>(?!\())/
/** Blanks, continued lines, a comment, the number of a redirection. */
const BLANK = /^(?:[ \t\r]|\\\n|#[^\n]*|\d+(?=[<>]))+/

function nothingPending(): Pending {
  return { words: [], input: undefined, document: undefined, output: undefined }
}

/** The output of a command in the list of a loop is several words. */
function wordsOf(raw: string, pending: Pending, parsing: Parsing): readonly string[] {
  return pending.words.includes('for') ? expandList(raw, parsing) : [expandWord(raw, parsing)]
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
  { source, isPiped, rest }: { source: ShellCommand | undefined; isPiped: boolean; rest: string },
): ShellCommand | undefined {
  let piped: ShellCommand | undefined
  const { uses, taken } = parsing
  parsing.uses = new Set()
  parsing.taken = []
  const found = assigned(all, parsing, { source, rest })
  // The exit code is that of the command, not of what its variables hold.
  if (found.length > 0) for (const inner of taken) inner.takenBy = undefined
  for (const words of found) {
    const command: ShellCommand = { words, ...redirections, source, isSubstituted: false, uses }
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
