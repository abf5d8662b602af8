import { defineCommand, ExitStatus } from '@loop-runner/cli-kit'
import { showRemarks } from './show-remarks.ts'

export const doctor = defineCommand({
  usage: '[options]',
  summary: 'Report whether a loop can run here, and how to fix problems.',
  options: {},
  needs: 'nothing',
  details: `
Checks Node, git, the state folder, lr.yaml, checkers, tests, models and the
sandbox. A line begins with "ok", with "note" for something optional, or with
"!!" for a problem that prevents a loop; the remedy is in parentheses. Changes
nothing, and sends no request except to a model server on this machine.

Exit codes: 0 a loop can run · 1 a problem prevents it · 2 invalid usage

  lr-loop doctor
`,
  async run(_, io) {
    const { examine } = await import('./examine.ts')
    const remarks = await examine(io)
    await io.stdout.write(showRemarks(remarks))
    return remarks.some(({ level }) => level === '!!') ? ExitStatus.No : ExitStatus.Yes
  },
})
