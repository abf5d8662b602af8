import { defineCommand, ExitStatus } from '@loop-runner/cli-kit'
import { readEvents } from './read-events.ts'

export const verify = defineCommand({
  usage: '[options]',
  operands: { instead: 'it reads standard input: lr-blocks verify < FILE' },
  summary: 'Say whether standard input is a whole stream.',
  options: {},
  details: `
Prints nothing when it is. When it is not, the error names the line of the block
that is never closed, or the byte that is not UTF-8 text.

Exit codes: 0 it is · 2 it is not

  lr-blocks verify < reply.txt
`,
  async run(_call, io) {
    for await (const _events of readEvents(io.stdin));
    return ExitStatus.Yes
  },
})
