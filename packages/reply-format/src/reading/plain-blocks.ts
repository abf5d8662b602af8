import { pathOfName, readOpener } from '@loop-runner/block-format'

/** The names of the blocks that open in the first column; found when first asked for. */
export class PlainBlocks {
  readonly #lines: readonly string[]
  #names: Set<string> | undefined

  constructor(lines: readonly string[]) {
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
    for (const line of this.#lines) {
      const opener = line.startsWith('<<<<') ? readOpener(line) : undefined
      if (opener) this.#names.add(pathOfName(opener.name))
    }
    return this.#names
  }
}
