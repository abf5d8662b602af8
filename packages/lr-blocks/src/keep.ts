import { defineCommand, ExitStatus } from '@loop-runner/cli-kit'
import { nameMatcher } from './name-pattern.ts'
import { readEvents } from './read-events.ts'

export const keep = makeFilter(true)
export const drop = makeFilter(false)

function makeFilter(keeps: boolean) {
  return defineCommand({
    usage: '[options] NAME|GLOB…',
    summary: keeps ? 'Print the blocks that match, and all text.' : 'Print everything except the blocks that match.',
    options: {},
    operands: { min: 1, max: Infinity },
    details: `
A GLOB without a slash is matched against the last part of a path: '*.py'
matches src/a.py, '*' matches every block. A GLOB with a slash is matched
against the whole path, and ** matches any number of folders. Output is byte for
byte as in the input.

Exit codes: 0 done · 2 broken stream

  lr-blocks pack src | lr-blocks ${keeps ? "keep '*.py'" : "drop '*.min.js'"}
`,
    async run({ operands }, io) {
      const matches = nameMatcher(operands)
      let passes = true
      let written = Promise.resolve()
      for await (const events of readEvents(io.stdin)) {
        const passed: Buffer[] = []
        for (const event of events) {
          if (event.kind === 'open') passes = matches(event.name) === keeps
          if (passes || event.kind === 'text') passed.push(event.bytes)
        }
        // One write is under way while the next chunk is read; its buffer is not filled again before it is done.
        await written
        written = io.stdout.write(joinNeighbours(passed))
        // A failure is met at the await above; until then nothing handles it.
        written.catch(() => {})
      }
      await written
      return ExitStatus.Yes
    },
  })
}

/** Pieces in order as one buffer; pieces that lie side by side in one chunk are not copied. */
function joinNeighbours(pieces: readonly Buffer[]): Buffer {
  const runs: Buffer[] = []
  for (const piece of pieces) {
    const last = runs.at(-1)
    if (last && last.buffer === piece.buffer && last.byteOffset + last.length === piece.byteOffset) {
      runs[runs.length - 1] = Buffer.from(last.buffer, last.byteOffset, last.length + piece.length)
    } else runs.push(piece)
  }
  return runs.length === 1 && runs[0] ? runs[0] : Buffer.concat(runs)
}
