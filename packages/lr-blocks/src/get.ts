import { type BlockEvent, isRole, pathOfName } from '@loop-runner/block-format'
import { defineCommand, ExitStatus, UsageError } from '@loop-runner/cli-kit'
import { readEvents } from './read-events.ts'

const NEWLINE = Buffer.from('\n')

export const get = defineCommand({
  usage: '[options] [NAME…]',
  summary: 'Print the raw content of the named blocks.',
  options: {
    command: { type: 'flag', describe: 'print the unnamed block, a command line' },
  },
  operands: { max: Infinity },
  details: `
If several blocks have the same name, all are printed, in the order of the
stream.

Exit codes: 0 done · 1 a named block is missing · 2 broken stream

  lr-check -c pytest src | lr-blocks get stdout stderr
`,
  async run({ operands, options }, io) {
    const wanted = [...operands, ...(options.command ? [''] : [])]
    if (wanted.length === 0) throw new UsageError('which block? (give its name, or --command)')
    const found = new Set<string>()
    const content = new RawContent()
    for await (const events of readEvents(io.stdin)) {
      for (const event of events) {
        if (event.kind === 'open') for (const name of wanted) if (isSame(name, event.name)) found.add(name)
        content.take(event, (name) => wanted.some((one) => isSame(one, name)))
      }
      await io.stdout.write(content.flush())
    }
    await io.stdout.write(content.end())
    const missing = wanted.filter((name) => !found.has(name))
    if (missing.length > 0) io.warn(`no such block: ${missing.map((name) => name || '(unnamed)').join(', ')}`)
    return missing.length === 0 ? ExitStatus.Yes : ExitStatus.No
  },
})

/** Names are the same when they are the same path: `./a.py` is `a.py`, but `./stdout` is not the role `stdout`. */
function isSame(wanted: string, name: string): boolean {
  return wanted === name || (!isRole(wanted) && !isRole(name) && pathOfName(wanted) === pathOfName(name))
}

/** Collects contents without their delimiters; the last newline is held back until it is known whether a marker takes it. */
class RawContent {
  #pieces: Buffer[] = []
  #wanted = false
  #held = false

  take(event: BlockEvent, isWanted: (name: string) => boolean): void {
    if (event.kind === 'close') return
    if (event.kind === 'marker') this.#held = false
    this.#release()
    if (event.kind === 'open') this.#wanted = isWanted(event.name)
    if (event.kind !== 'content' || !this.#wanted) return
    this.#held = event.bytes.at(-1) === 0x0a
    this.#pieces.push(this.#held ? event.bytes.subarray(0, -1) : event.bytes)
  }

  /** What is certain so far. */
  flush(): Buffer {
    const bytes = Buffer.concat(this.#pieces)
    this.#pieces = []
    return bytes
  }

  end(): Buffer {
    this.#release()
    return this.flush()
  }

  #release(): void {
    if (this.#held) this.#pieces.push(NEWLINE)
    this.#held = false
  }
}
