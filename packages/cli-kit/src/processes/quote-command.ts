/** Words that a POSIX shell takes as they are. */
const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/
/** A first word that a shell would take for an assignment. */
const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*=/

/** A command line that, pasted into a shell, means exactly these arguments. */
export function quoteCommand(argv: readonly string[]): string {
  return argv.map((word, index) => (index === 0 && ASSIGNMENT.test(word) ? quote(word) : quoteWord(word))).join(' ')
}

function quoteWord(word: string): string {
  return PLAIN.test(word) ? word : quote(word)
}

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`
}
