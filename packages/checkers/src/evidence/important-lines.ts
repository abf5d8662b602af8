/** Lines by which a failure is understood; they survive where others are left out. */
const IMPORTANT = /error|fail|assert|exception|expected|panic|fatal|not ok|^E\s|✖|✗|×|warning/i
/** Most that is kept of the lines that look important. */
const KEPT_CHARACTERS = 64 << 10
/** A line longer than this is not looked at further. */
const LONGEST_LINE = 4096
const NEWLINE = 10

export function isImportant(line: string): boolean {
  return IMPORTANT.test(line)
}

/** Counts what streams through it, and keeps the lines that look important. */
export class ImportantLines {
  #bytes = 0
  #lines = 0
  #rest = ''
  #room = KEPT_CHARACTERS
  readonly #important: string[] = []

  push(piece: Buffer): void {
    this.#bytes += piece.length
    for (let at = piece.indexOf(NEWLINE); at >= 0; at = piece.indexOf(NEWLINE, at + 1)) this.#lines++
    if (this.#room <= 0) return
    const text = this.#rest + piece.toString('utf8')
    const end = text.lastIndexOf('\n') + 1
    // Most pieces of a flood hold nothing of interest, and one look at the whole tells.
    if (isImportant(text)) for (const line of text.slice(0, end).split('\n')) this.#take(line)
    this.#rest = text.slice(end, end + LONGEST_LINE)
  }

  end(): { bytes: number; lines: number; important: readonly string[] } {
    return { bytes: this.#bytes, lines: this.#lines, important: this.#important }
  }

  #take(line: string): void {
    if (!isImportant(line) || this.#room <= 0) return
    const kept = line.slice(0, LONGEST_LINE)
    this.#important.push(kept)
    this.#room -= kept.length
  }
}
