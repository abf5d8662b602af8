import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { dirname } from 'node:path'
import { CommandError, ExitStatus, makeFolders, parseJson, reasonOf } from '@loop-runner/cli-kit'
import { isObject, numberOf, objectOf } from '../json.ts'
import { appendText } from '../recording/append-text.ts'

/** An answer, or a part of one, that was charged. */
export interface Charge {
  readonly client: string
  readonly model: string
  readonly input: number | undefined
  readonly output: number | undefined
  readonly cached: number | undefined
  /** In US dollars; undefined if the price is not known. */
  readonly cost: number | undefined
  /** Whether the server did not report the usage. */
  readonly estimated: boolean
}

const START = '{"lr-llm-ledger"'

/**
 * What a service has spent, one JSON line for each charge. A line is in the file before the end of its answer is sent,
 * so that a service that is killed has counted every finished answer. Services may share a file.
 */
export class Ledger {
  readonly path: string
  #offset = 0
  #rest = ''
  #spent = 0
  #lines = 0

  /** @throws CommandError (3) for a file that cannot be used, or is something else */
  constructor(path: string) {
    this.path = path
    try {
      makeFolders(dirname(path), 0o700)
    } catch (error) {
      throw new CommandError(ExitStatus.Failed, `${path}: ${reasonOf(error)}`)
    }
    appendText(path, '')
    this.#read()
    // A process that was killed while it wrote leaves a part of a line.
    if (this.#rest !== '') appendText(path, '\n')
  }

  /** US dollars, of all services that use the file. */
  get spent(): number {
    this.#read()
    return this.#spent
  }

  /** @throws CommandError (3) if it cannot be written */
  append(charge: Charge): void {
    appendText(this.path, `${JSON.stringify({ 'lr-llm-ledger': 1, time: new Date(), ...charge })}\n`)
  }

  #read(): void {
    const lines = (this.#rest + this.#readNew()).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) this.#add(line)
  }

  #add(line: string): void {
    this.#lines++
    const entry = parseJson(line)
    if (isObject(entry) && entry['lr-llm-ledger'] === 1) this.#spent += numberOf(objectOf(entry)['cost']) ?? 0
    // The parts of lines that killed processes left.
    else if (!line.startsWith(START) && !START.startsWith(line)) {
      throw new CommandError(
        ExitStatus.Failed,
        `${this.path}: line ${this.#lines} is no line of a ledger (--ledger FILE)`,
      )
    }
  }

  #readNew(): string {
    const descriptor = openSync(this.path, 'r')
    try {
      const { size } = fstatSync(descriptor)
      if (size <= this.#offset) return ''
      const bytes = Buffer.alloc(size - this.#offset)
      const length = readSync(descriptor, bytes, 0, bytes.length, this.#offset)
      this.#offset += length
      return bytes.toString('utf8', 0, length)
    } finally {
      closeSync(descriptor)
    }
  }
}
