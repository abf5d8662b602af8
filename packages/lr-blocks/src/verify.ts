import { defineCommand, ExitStatus } from '@loop-runner/cli-kit'
import { readEvents } from './read-events.ts'

export const verify = defineCommand({
  usage: '[options]',
  operands: { instead: 'it reads standard input: lr-blocks verify < FILE' },
  summary: 'Check that standard input is a complete stream.',
  options: {},
  details: `
Prints nothing if the stream is complete. Otherwise the error names the line of
the block that is never closed, or the byte that is not UTF-8 text.

Exit codes: 0 complete stream · 2 broken stream

  lr-blocks verify < reply.txt
`,
  async run(_call, io) {
    for await (const _events of readEvents(io.stdin));
    return ExitStatus.Yes
  },
})
