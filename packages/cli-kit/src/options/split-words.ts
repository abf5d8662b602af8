import { UsageError } from '../command-error.ts'

const WORD = /[ \t\n]*((?:[^ \t\n'"\\|&;<>()$`*?[\]#~!]|\\[^\n]|'[^']*'|"(?:[^"\\$`]|\\[^\n])*"|\b[#~!])+)/y
const PIECE = /\\(.)|'([^']*)'|"((?:[^"\\]|\\.)*)"|([^'"\\]+)/gs

/**
 * The words of a command line that needs no shell: quoted as in a shell, without anything that a shell would replace.
 *
 * @param where names the source in an error
 * @throws UsageError where only a shell could run it
 */
export function splitWords(line: string, where: string): string[] {
  const words: string[] = []
  const text = line.trimEnd()
  for (let at = 0; at < text.length; at = WORD.lastIndex) {
    WORD.lastIndex = at
    const word = WORD.exec(text)?.[1]
    if (word === undefined) {
      throw new UsageError(
        `${where}: ${JSON.stringify(text.slice(at).trim())} needs a shell, and none is used (write [sh, -c, '…'])`,
      )
    }
    words.push(word.replace(PIECE, unquote))
  }
  return words
}

function unquote(_piece: string, escaped?: string, single?: string, double?: string, plain?: string): string {
  return escaped ?? single ?? double?.replaceAll(/\\(["\\$`])/g, '$1') ?? plain ?? ''
}
