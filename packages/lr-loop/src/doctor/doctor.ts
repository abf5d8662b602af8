import { defineCommand, ExitStatus } from '@loop-runner/cli-kit'
import { showRemarks } from './show-remarks.ts'

export const doctor = defineCommand({
  usage: '[options]',
  summary: 'Report whether a loop can run here, and what to do where it cannot.',
  options: {},
  needs: 'nothing',
  details: `
Looks at Node, git, the folder for records, lr.yaml, checkers, tests, models and
the sandbox. A line that begins with "ok" needs nothing, one with "note" names
something that is optional, one with "!!" keeps a loop from running; what to do
stands in parentheses. Nothing is changed, and nothing is sent but a question
to a model server on this machine.

Exit codes: 0 a loop can run · 1 something is missing · 2 invalid usage

  lr-loop doctor
`,
  async run(_, io) {
    const { examine } = await import('./examine.ts')
    const remarks = await examine(io)
    await io.stdout.write(showRemarks(remarks))
    return remarks.some(({ level }) => level === '!!') ? ExitStatus.No : ExitStatus.Yes
  },
})
