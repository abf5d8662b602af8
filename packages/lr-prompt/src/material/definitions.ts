/** Where a definition begins, in the languages that name one by a keyword. */
const DEFINITION =
  /^[ \t]{0,8}(?:(?:export|default|public|private|protected|static|final|abstract|async|declare|pub(?:\([^)\n]*\))?)\s+)*(?:def|class|function\*?|func(?:\s*\([^)\n]*\))?|fn|struct|enum|trait|interface|type|module|sub|impl|const|let|var)\s+([A-Za-z_$][\w$]*)/
/** A function that is assigned to an object. */
const ASSIGNED =
  /^(?:(?:module\.)?exports\.|[A-Za-z_$][\w$]*\.(?:prototype\.)?)([A-Za-z_$][\w$]*)\s*=\s*(?:async\s+)?(?:function\b|\()/
/** A function of C, Java or C#, or a method, without a keyword. */
const METHOD = /^[ \t]{0,8}(?:[A-Za-z_][\w<>[\],*&:]*\s+)*\*?([A-Za-z_]\w*)\s*\([^;]*$/
const STATEMENT =
  /^\s*(?:if|for|while|switch|return|else|catch|new|throw|await|yield|do|try|case|with|using|lock|foreach|assert)\b/
/** A longer line was not written by hand. */
const LONGEST_LINE = 300

/** A definition, with the numbers of its first and last line, from 0. */
export interface Definition {
  readonly name: string
  readonly start: number
  readonly end: number
  readonly indent: number
}

/** The definitions of a file, in their order; the names of local variables are not among them. */
export function definitionsIn(content: string): Definition[] {
  const lines = content.split('\n')
  return lines.flatMap((line, at) => {
    const indent = indentOf(line)
    const name = nameIn(line, lines[at + 1] ?? '')
    const isLocal = indent > 0 && /^\s*(?:const|let|var|type)\b/.test(line)
    return name === undefined || isLocal
      ? []
      : [{ name, start: startOf(lines, at), end: endOf(lines, at, indent), indent }]
  })
}

function nameIn(line: string, next: string): string | undefined {
  if (line.length > LONGEST_LINE || STATEMENT.test(line)) return undefined
  const [, name] = DEFINITION.exec(line) ?? ASSIGNED.exec(line) ?? []
  if (name !== undefined) return name
  const isBody = /\{\s*$/.test(line) || (/\)\s*$/.test(line) && /^\s*\{/.test(next))
  return isBody ? METHOD.exec(line)?.[1] : undefined
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}

/** Decorators and comments directly above belong to a definition. */
function startOf(lines: readonly string[], at: number): number {
  let start = at
  while (start > 0 && /^\s*(?:@|#\[|\/\/|\/?\*|#(?!\s*include))/.test(lines[start - 1] ?? '')) start--
  return start
}

function endOf(lines: readonly string[], at: number, indent: number): number {
  let end = at
  for (let next = at + 1; next < lines.length; next++) {
    const line = lines[next] ?? ''
    if (line.trim() === '') continue
    const own = indentOf(line)
    if (own < indent) return end
    if (own === indent && !/^\s*[)}\]{]/.test(line)) return end
    end = next
  }
  return end
}
