import type { OutsideLine } from '../foreign/outside-line.ts'
import { isDeclaration } from './declared.ts'
import { type Fence, FenceReader } from './fences.ts'
import type { ReplyLines } from './reply-lines.ts'

/** Lines of the reply, from one index up to another; or a text instead of the line at `from`. */
interface Piece {
  readonly from: number
  to: number
  readonly text: string | undefined
}

/** What a model says beside its blocks and outside its reasoning. */
export class OutsideText {
  readonly #lines: ReplyLines
  readonly #pieces: Piece[] = []

  constructor(lines: ReplyLines) {
    this.#lines = lines
  }

  /** @param line the reply's line at this index, or what is left of it */
  keep(index: number, line: string): void {
    const last = this.#pieces.at(-1)
    if (line !== this.#lines.at(index)) this.keepText(index, `${line}\n`)
    else if (last?.text === undefined && last?.to === index) last.to++
    else this.#pieces.push({ from: index, to: index + 1, text: undefined })
  }

  /** Keeps a text, of which each line counts as the line at an index. */
  keepText(index: number, text: string): void {
    this.#pieces.push({ from: index, to: index, text })
  }

  /** How many lines the reply has outside blocks. */
  get lineCount(): number {
    return this.#pieces.reduce((count, { from, to }) => count + to - from, 0)
  }

  /** The lines that the reply has outside blocks, as they are. */
  lines(): OutsideLine[] {
    return this.#pieces.flatMap(({ from, to }) =>
      Array.from({ length: to - from }, (_, count) => ({ index: from + count, text: this.#lines.at(from + count) })),
    )
  }

  /** Takes lines away that turned out to be no explanation. */
  drop(taken: ReadonlySet<number>): void {
    const kept = this.#pieces.flatMap((piece) => {
      if (piece.text !== undefined) return [piece]
      const indices = Array.from({ length: piece.to - piece.from }, (_, count) => piece.from + count)
      return indices.filter((index) => !taken.has(index)).map((from) => ({ from, to: from + 1, text: undefined }))
    })
    this.#pieces.splice(0, Infinity, ...kept)
  }

  clear(): void {
    this.#pieces.length = 0
  }

  /**
   * The explanation, and the declaration that the model is done. A fence round blocks is no part of either (D2, D3);
   * inside any other fence nothing is declared (D83).
   *
   * @param openers the indices of the lines that open blocks, ascending
   */
  read(openers: readonly number[]): { explanation: string; declared: string | undefined } {
    const standing = makeStanding(this.#readFences(openers))
    const kept: string[] = []
    let declared: string | undefined
    for (const piece of this.#pieces) {
      const text = this.#textOf(piece)
      let keptFrom = 0
      forEachLine(text, (line, _, start, end) => {
        const stands = standing()
        const isDeclared = stands === 'free' && isDeclaration(line)
        if (isDeclared) declared = line.trim()
        if (!isDeclared && stands !== 'round a block') return
        kept.push(text.slice(keptFrom, start))
        keptFrom = end
      })
      kept.push(text.slice(keptFrom))
    }
    return { explanation: trimBlankLines(kept.join('')), declared }
  }

  #readFences(openers: readonly number[]): readonly Fence[] {
    const reader = new FenceReader(openers)
    for (const piece of this.#pieces) {
      forEachLine(this.#textOf(piece), (line, count) => {
        reader.read(line, piece.text === undefined ? piece.from + count : piece.from)
      })
    }
    return reader.end()
  }

  #textOf({ from, to, text }: Piece): string {
    return text ?? this.#lines.between(from, to)
  }
}

/** Gets each line of a text, how many came before it, where it begins, and where the next one does. */
type VisitLine = (line: string, count: number, start: number, end: number) => void

/** @param text its lines are all ended by LF */
function forEachLine(text: string, visit: VisitLine): void {
  for (let [start, count] = [0, 0]; start < text.length; count++) {
    const end = text.indexOf('\n', start) + 1
    visit(text.slice(start, end - 1), count, start, end)
    start = end
  }
}

/** Says of one line after the other how it stands to the fences. */
function makeStanding(fences: readonly Fence[]): () => 'free' | 'inside' | 'round a block' {
  let [place, next] = [-1, 0]
  return () => {
    place++
    let fence = fences[next]
    if (fence && fence.last < place) fence = fences[++next]
    if (!fence || place < fence.first) return 'free'
    if (!fence.isAround) return 'inside'
    return place === fence.first || place === fence.last ? 'round a block' : 'free'
  }
}

/** A text without the blank lines at both ends. */
function trimBlankLines(text: string): string {
  const blanks = text.length - text.trimStart().length
  const from = text.lastIndexOf('\n', blanks - 1) + 1
  return text.slice(from, text.indexOf('\n', text.trimEnd().length) + 1)
}
