import { defineCommand, ExitStatus, nearest, UsageError } from '@loop-runner/cli-kit'
import { isStageKind, STAGE_KINDS } from './verify-stage/stage-case.ts'

export const verifyStage = defineCommand({
  usage: '[options] KIND [SOURCE…] -- COMMAND [ARG…]',
  summary: 'Test a stage program with edge cases, and print each violation of the contract.',
  options: {
    timeout: {
      type: 'duration',
      default: '30',
      placeholder: 'TIME',
      describe: 'time limit for one run of the stage',
    },
  },
  operands: { max: Infinity },
  takesCommand: true,
  details: `
KIND is check, prompt, llm, apply or git. COMMAND is run by sh -c, as lr-loop
runs it, once or twice per case; a single word may be a whole shell line. Each
case runs in a temporary folder with copies of the SOURCEs, which the stage may
change, or with two small files in src/. Name the files that the stage works on
and needs as SOURCE; the cases write edge cases into the first one.

Prints one line per violation: the case and the problem
(docs/writing-a-stage.md).

Exit codes: 0 no violations · 1 violations · 2 invalid usage · 3 COMMAND cannot
be started

  lr-blocks verify-stage apply notes -- ./my-apply.sh
`,
  async run({ operands: [kind = '', ...sources], options, command = [] }, io) {
    if (!isStageKind(kind)) {
      const near = nearest(kind, STAGE_KINDS)
      throw new UsageError(
        `"${kind}" is not a kind of stage (${near === undefined ? `known are ${STAGE_KINDS.join(', ')}` : `did you mean ${near}?`})`,
      )
    }
    if (command.length === 0) throw new UsageError('which command? (write it behind "--")')
    // Only this command needs the cases; the others start without them.
    const { tryStage } = await import('./verify-stage/try-stage.ts')
    const { cases, faults } = await tryStage({ kind, sources, command, timeoutMs: options.timeout }, io)
    await io.stdout.write(faults.map((fault) => `${fault}\n`).join(''))
    io.progress(`${kind} stage: ${cases} cases, ${faults.length === 0 ? 'nothing' : faults.length} wrong`)
    return faults.length === 0 ? ExitStatus.Yes : ExitStatus.No
  },
})
