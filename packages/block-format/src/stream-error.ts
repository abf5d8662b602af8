/** A stream that ends inside a block. `line` counts from 1 and is the line of the opener. */
export class StreamError extends Error {
  override readonly name = 'StreamError'
  readonly line: number
  readonly block: string

  constructor(line: number, block: string) {
    super(`line ${line}: block ${block === '' ? 'without a name' : `"${block}"`} is never closed`)
    this.line = line
    this.block = block
  }
}

/** Parts that no stream can hold. `index` counts from 0. */
export class PartError extends Error {
  override readonly name = 'PartError'
  readonly index: number

  constructor(index: number, problem: string) {
    super(`part ${index + 1}: ${problem}`)
    this.index = index
  }
}
