/** What is wrong in a text that ought to be JSON, and the offset where it is seen. */
export interface JsonError {
  readonly offset: number
  readonly message: string
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /[A-Za-z_$][\w$]*/y
const BLANKS = /[ \t\r\n]*/y
const BLANKS_AND_COMMENTS = /(?:[ \t\r\n]+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y
const PLAIN_CHARACTERS = /[^"\\\x00-\x1f]*/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

/**
 * The first error of a JSON text (RFC 8259). Node's own message names no place at the end of a text, and none in lines
 * and columns. Nesting costs no stack.
 *
 * @param comments whether comments and a comma before a closing bracket are allowed, as in tsconfig.json
 */
export function findJsonError(text: string, comments: boolean): JsonError | undefined {
  return new JsonScanner(text, comments).findError()
}

class JsonScanner {
  readonly #text: string
  readonly #comments: boolean
  #at = 0

  constructor(text: string, comments: boolean) {
    this.#text = text
    this.#comments = comments
  }

  findError(): JsonError | undefined {
    // A byte-order mark is not JSON, but so common that every reader passes over it.
    if (this.#text.startsWith('\uFEFF')) this.#at = 1
    const open: string[] = []
    do {
      const error = this.#value(open)
      if (error !== undefined) return { offset: this.#at, message: error }
    } while (open.length > 0)
    this.#blanks()
    if (this.#at < this.#text.length) return { offset: this.#at, message: 'more text after the end of the value' }
    return undefined
  }

  /** One value, or the opening of one, and the closings and the comma behind it. */
  #value(open: string[]): string | undefined {
    this.#blanks()
    const char = this.#text[this.#at]
    if (char === '{' || char === '[') {
      this.#at++
      this.#blanks()
      if (this.#text[this.#at] !== closerOf(char)) {
        open.push(char)
        return char === '{' ? this.#key() : undefined
      }
      this.#at++
    } else {
      const error = this.#scalar(char)
      if (error !== undefined) return error
    }
    return this.#afterValue(open)
  }

  #afterValue(open: string[]): string | undefined {
    for (let container = open.at(-1); container !== undefined; container = open.at(-1)) {
      this.#blanks()
      const closer = closerOf(container)
      if (this.#text[this.#at] === ',') {
        const comma = this.#at++
        this.#blanks()
        if (this.#text[this.#at] !== closer) return container === '{' ? this.#key() : undefined
        if (!this.#comments) {
          this.#at = comma
          return `a comma before "${closer}"`
        }
      } else if (this.#text[this.#at] !== closer) return this.#unexpected(`"," or "${closer}" is expected`)
      this.#at++
      open.pop()
    }
    return undefined
  }

  #key(): string | undefined {
    this.#blanks()
    if (this.#text[this.#at] !== '"') return this.#unexpected('a name in double quotes is expected')
    const error = this.#string()
    if (error !== undefined) return error
    this.#blanks()
    if (this.#text[this.#at] !== ':') return this.#unexpected('":" is expected')
    this.#at++
    return undefined
  }

  #scalar(char: string | undefined): string | undefined {
    if (char === '"') return this.#string()
    if (char !== undefined && /[-\d]/.test(char)) return this.#match(NUMBER) === '' ? 'a malformed number' : undefined
    const start = this.#at
    const word = this.#match(WORD)
    if (word === 'true' || word === 'false' || word === 'null') return undefined
    this.#at = start
    return this.#unexpected('a value is expected')
  }

  #string(): string | undefined {
    this.#at++
    for (;;) {
      this.#match(PLAIN_CHARACTERS)
      const char = this.#text[this.#at]
      if (char === '"') {
        this.#at++
        return undefined
      }
      if (char === undefined) return 'the text ends inside a string'
      if (char !== '\\') return 'a control character inside a string (write it as an escape)'
      if (this.#match(ESCAPE) === '') return `"${this.#text.slice(this.#at, this.#at + 2)}" is no escape of JSON`
    }
  }

  #unexpected(wanted: string): string {
    const char = this.#text.slice(this.#at)[Symbol.iterator]().next().value
    return `${wanted}, but ${char === undefined ? 'the text ends' : `${JSON.stringify(char)} stands`} here`
  }

  #blanks(): void {
    this.#match(this.#comments ? BLANKS_AND_COMMENTS : BLANKS)
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0] ?? ''
    this.#at += found.length
    return found
  }
}

function closerOf(opener: string): string {
  return opener === '{' ? '}' : ']'
}
