import { spellName } from '@loop-runner/block-format'
import { defineCommand, ExitStatus } from '@loop-runner/cli-kit'
import { readEvents } from './read-events.ts'

export const list = defineCommand({
  usage: '[options]',
  operands: { instead: 'it reads standard input: lr-blocks list < FILE' },
  summary: 'Print the names of all blocks, one per line.',
  options: {
    zero: { type: 'flag', alias: '0', describe: 'end names with NUL instead of a newline, and do not quote them' },
  },
  details: `
The unnamed block of a command line is an empty line. Names with control
characters are quoted as in the stream, unless -0 is given.

Exit codes: 0 done · 2 broken stream

  lr-check -c pytest src | lr-blocks list
`,
  async run({ options }, io) {
    const end = options.zero ? '\0' : '\n'
    for await (const events of readEvents(io.stdin)) {
      let names = ''
      for (const event of events) {
        if (event.kind === 'open') names += (options.zero ? event.name : spellName(event.name)) + end
      }
      await io.stdout.write(names)
    }
    return ExitStatus.Yes
  },
})
