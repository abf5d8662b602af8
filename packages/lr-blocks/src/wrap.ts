import { PartError, writeStream } from '@loop-runner/block-format'
import { defineCommand, ExitStatus, UsageError } from '@loop-runner/cli-kit'

export const wrap = defineCommand({
  usage: '[options] NAME',
  summary: 'Put all of standard input into one block.',
  options: {},
  operands: { min: 1, max: 1 },
  details: `
NAME is a role such as stdout, a path such as src/a.py, or '' for the unnamed
block of a command line.

Exit codes: 0 done · 2 standard input is not UTF-8 text, or NAME is invalid

  date | lr-blocks wrap stdout
`,
  async run({ operands: [name = ''] }, io) {
    const content = await io.stdin.text()
    await io.stdout.write(writeNamed(name, content))
    return ExitStatus.Yes
  },
})

function writeNamed(name: string, content: string): string {
  try {
    return writeStream([{ name, content }])
  } catch (error) {
    if (error instanceof PartError) throw new UsageError(error.message.replace(/^part 1: /, ''))
    throw error
  }
}
