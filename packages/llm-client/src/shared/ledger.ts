import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { dirname } from 'node:path'
import { CommandError, errorCode, ExitStatus, makeFolders, parseJson, reasonOf } from '@loop-runner/cli-kit'
import { LlmFailure } from '../answer/failure.ts'
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
  /** Charges that could not be written yet, and their costs. */
  #unwritten: string[] = []
  #owed = 0

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
    return this.#spent + this.#owed
  }

  /** A charge that cannot be written is counted, and written with the next one: its answer is paid for. */
  append(charge: Charge): void {
    this.#unwritten.push(`${JSON.stringify({ 'lr-llm-ledger': 1, time: new Date(), ...charge })}\n`)
    this.#owed += charge.cost ?? 0
    try {
      this.#write()
    } catch {
      // The next request is refused for it.
    }
  }

  /** @throws LlmFailure as long as a charge cannot be written: no answer may be paid for that a restart would not count */
  requireWritten(): void {
    try {
      this.#write()
    } catch (error) {
      throw unusable((error as Error).message)
    }
  }

  #write(): void {
    for (let [line] = this.#unwritten; line !== undefined; [line] = this.#unwritten) {
      // A write that failed may have left a part of the line.
      this.#read()
      appendText(this.path, this.#rest === '' ? line : `\n${line}`)
      this.#unwritten.shift()
    }
    this.#owed = 0
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
        `${this.path}: line ${this.#lines} is not a ledger entry (--ledger FILE)`,
      )
    }
  }

  /** A ledger that was removed is made again with the next charge; what is spent remains so. */
  #readNew(): string {
    let descriptor: number | undefined
    try {
      descriptor = openSync(this.path, 'r')
      const { size } = fstatSync(descriptor)
      if (size < this.#offset) this.#offset = 0
      const bytes = Buffer.alloc(size - this.#offset)
      const length = readSync(descriptor, bytes, 0, bytes.length, this.#offset)
      this.#offset += length
      return bytes.toString('utf8', 0, length)
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return ''
      throw unusable(`${this.path}: ${reasonOf(error)}`)
    } finally {
      if (descriptor !== undefined) closeSync(descriptor)
    }
  }
}

function unusable(problem: string): LlmFailure {
  return new LlmFailure('overload', `${problem} (the service needs its ledger: free disk space, or repair the file)`)
}
