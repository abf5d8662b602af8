const WORD = /^\s*((?:[^\s'"\\]|\\[^]|'[^']*'|"(?:[^"\\]|\\[^])*")*)/
const PIECE = /\\([^])|'([^']*)'|"((?:[^"\\]|\\[^])*)"/g

/** The first word of a command line as a shell would read it: without its quotes and backslashes. */
export function firstWord(command: string): string {
  const word = WORD.exec(command)?.[1] ?? ''
  return word.replace(PIECE, (_all, escaped?: string, single?: string, double?: string) => {
    return escaped ?? single ?? (double ?? '').replaceAll(/\\([\\"$`])/g, '$1')
  })
}
