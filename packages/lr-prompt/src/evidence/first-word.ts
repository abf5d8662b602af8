const WORD = /^\s*((?:[^\s'"\\]|\\[^]|'[^']*'|"(?:[^"\\]|\\[^])*")*)/
const PIECE = /\\([^])|'([^']*)'|"((?:[^"\\]|\\[^])*)"/g

/** No path is longer, even where every character is quoted; a pattern for words of megabytes would break V8's stack. */
const LONGEST_WORD = 8192

/** The first word of a command line as a shell would read it: without its quotes and backslashes. */
export function firstWord(command: string): string {
  const word = WORD.exec(command.slice(0, LONGEST_WORD))?.[1] ?? ''
  return word.replace(PIECE, (_all, escaped?: string, single?: string, double?: string) => {
    return escaped ?? single ?? (double ?? '').replaceAll(/\\([\\"$`])/g, '$1')
  })
}
