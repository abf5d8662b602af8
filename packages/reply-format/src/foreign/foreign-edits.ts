import type { DeviationCode } from '../deviations.ts'
import type { Finding, ReplyBlock } from '../reply.ts'
import { joinLines } from '../text-lines.ts'
import type { FilePatch } from './patches.ts'

/** Collects the edits that are outside blocks. */
export class ForeignEdits {
  readonly blocks: ReplyBlock[] = []
  readonly noted: Finding[] = []
  /** The name in the last edit: it holds for one that has none. */
  lastEdited = ''
  readonly #others: readonly ReplyBlock[]
  readonly #rejected: Finding[]

  /** @param others the blocks of ours @param rejected gets what is refused */
  constructor(others: readonly ReplyBlock[], rejected: Finding[]) {
    this.#others = others
    this.#rejected = rejected
  }

  /** Takes what a patch does to one file. */
  addPatch({ name, newName, index, action, lines }: FilePatch): void {
    if (action === 'copy')
      return this.#reject(
        'rename',
        index,
        name,
        'a copy, or a rename without both names, is not applied (send the new file whole)',
      )
    if (newName !== undefined && newName !== name) return this.#addMove(name, newName, index, lines)
    if (action === 'delete') {
      this.blocks.push({ name: 'deleted', line: index + 1, content: `${name}\n`, lacksFinalNewline: false })
    } else this.add('hunks', name, index, lines)
  }

  #addMove(movesFrom: string, name: string, index: number, lines: readonly string[]): void {
    const block = this.#others.find((other) => other.name === name || other.name === movesFrom)
    if (block) return this.#reject('two-readings', index, block.name, 'a whole version and a rename of the same file')
    const isChanged = lines.some((line) => /^[+-]/.test(line))
    const content = isChanged ? joinLines(lines) : ''
    this.blocks.push({ name, line: index + 1, content, lacksFinalNewline: false, isForeign: 'hunks', movesFrom })
  }

  /** An edit of a file that a block of ours has given a version is an illustration, if that version has its new lines. */
  add(code: DeviationCode, name: string, index: number, lines: readonly string[]): void {
    const block = this.#others.find((other) => other.name === name)
    if (block) {
      const content = new Set(block.content.split('\n'))
      const isShown = lines.filter((line) => line.startsWith('+')).every((line) => content.has(line.slice(1)))
      if (code === 'hunks' && isShown) return
      return this.#reject(
        'two-readings',
        index,
        name,
        'a whole version and an edit of the same file (send one of them)',
      )
    }
    const previous = this.blocks.at(-1)
    this.lastEdited = name
    if (code === 'edit-outside' && previous?.name === name && previous.isForeign === code) {
      this.blocks.splice(-1, 1, { ...previous, content: previous.content + joinLines(lines) })
      return
    }
    this.blocks.push({ name, line: index + 1, content: joinLines(lines), lacksFinalNewline: false, isForeign: code })
    const what =
      code === 'hunks'
        ? 'diff hunks outside a block are applied as edits'
        : 'SEARCH/REPLACE sections outside a block are applied'
    this.noted.push({ code, path: name, line: index + 1, message: what })
  }

  #reject(code: DeviationCode, index: number, path: string, message: string): void {
    this.#rejected.push({ code, path, line: index + 1, message })
  }
}
