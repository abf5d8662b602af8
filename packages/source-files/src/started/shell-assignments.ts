import type { Parsing, ShellCommand } from './shell-text.ts'
import { listedBy } from './shell-words.ts'

const KEYWORDS = new Set(['if', 'then', 'elif', 'else', 'fi', 'while', 'until', 'do', 'done', '!', '{', '}', 'esac'])
const ASSIGNMENT = /^(\w+)=([^]*)$/

/** What stands around a command. */
interface Context {
  /** The command whose output it reads. */
  readonly source: ShellCommand | undefined
  /** The text after it. */
  readonly rest: string
}

/** Notes what is assigned; gives the command once for each value of a loop's variable that it uses. */
export function assigned(words: readonly string[], parsing: Parsing, context: Context): readonly (readonly string[])[] {
  const all = withoutKeywords(words)
  const { variables, expandPattern } = parsing
  const [keyword, variable = ''] = all
  if (keyword === 'for') variables.set(variable, all.slice(3).flatMap(expandPattern))
  if (keyword === 'for' || keyword === 'case') return []
  const first = all.findIndex((word) => !ASSIGNMENT.test(word))
  const command = first < 0 ? [] : all.slice(first)
  noteAssignments(command[0] === 'export' ? command.slice(1) : all.slice(0, all.length - command.length), variables)
  if (command[0] === 'read') noteRead(command, parsing, context)
  return forEachValue(command, variables)
}

function forEachValue(command: readonly string[], variables: Parsing['variables']): readonly (readonly string[])[] {
  const loop = /\0(\w+)\0/.exec(command.join(' '))?.[1] ?? ''
  const values = variables.get(loop)
  if (values) return values.map((value) => command.map((word) => word.replaceAll(`\0${loop}\0`, value)))
  return command.length === 0 ? [] : [[...asWords(command[0] ?? ''), ...command.slice(1)]]
}

/** `find … | while read FILE`, `while read FILE; do …; done < <(find …)`, `done < LIST` */
function noteRead(command: readonly string[], parsing: Parsing, { source, rest }: Context): void {
  const [, inner, list] = /\bdone\s*<\s*(?:<\(([^()]*)\)|([\w./-]+))/.exec(rest) ?? []
  const words = source?.words ?? (list === undefined ? [] : ['cat', list])
  const listed = inner === undefined ? parsing.listedBy(words) : listedBy(inner, parsing)
  const variable = command.at(-1) ?? ''
  if (listed.length > 0 && /^\w+$/.test(variable)) parsing.variables.set(variable, listed)
}

function withoutKeywords(words: readonly string[]): readonly string[] {
  const first = words.findIndex((word) => !KEYWORDS.has(word))
  return first < 0 ? [] : words.slice(first)
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
