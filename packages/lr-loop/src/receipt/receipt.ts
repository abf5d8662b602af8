import { defineCommand, ExitStatus } from '@loop-runner/cli-kit'
import { suggestRuns } from '../suggestions.ts'

export const receipt = defineCommand({
  usage: '[options] [RUN]',
  summary: 'Print the receipt of a run, for lr-git verify.',
  options: {},
  operands: { max: 1, complete: suggestRuns },
  details: `
The receipt is a JSON object: the last commit of the run and its tree, how the
run ended, the commands of its last check and their outcomes, the guarded tests
and check scripts with their fingerprint, and the number of tests. RUN is a name
that lr-loop runs lists, or a folder (default: the newest run started in this
folder). A receipt is not signed.

Exit codes: 0 printed · 1 the run has not ended, or made no commit · 2 invalid
usage, or no such run · 3 its commits no longer exist

  lr-loop receipt > receipt.json && lr-git verify --receipt receipt.json
`,
  async run({ operands }, io) {
    const { findRun } = await import('../runs/find-run.ts')
    const { loadRun } = await import('../runs/load-run.ts')
    const { makeReceipt } = await import('./make-receipt.ts')
    const made = await makeReceipt(loadRun(findRun(operands[0], io.cwd, io.env)), io)
    await io.stdout.write(`${JSON.stringify(made, undefined, 2)}\n`)
    return ExitStatus.Yes
  },
})
