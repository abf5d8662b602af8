import { pathOfName, readOpener } from '@loop-runner/block-format'
import type { ReplyLines } from './reply-lines.ts'

/** The names of the blocks that open in the first column; found when first asked for. */
export class PlainBlocks {
  readonly #lines: ReplyLines
  #names: Set<string> | undefined

  constructor(lines: ReplyLines) {
    this.#lines = lines
  }

  get isEmpty(): boolean {
    return this.#find().size === 0
  }

  has(name: string): boolean {
    return this.#find().has(pathOfName(name))
  }

  #find(): Set<string> {
    if (this.#names) return this.#names
    this.#names = new Set()
    for (let at = 0; at < this.#lines.length; at++) {
      const line = this.#lines.at(at)
      const opener = line.startsWith('<<<<') ? readOpener(line) : undefined
      if (opener) this.#names.add(pathOfName(opener.name))
    }
    return this.#names
  }
}
