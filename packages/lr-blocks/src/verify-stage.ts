import { defineCommand, ExitStatus, nearest, UsageError } from '@loop-runner/cli-kit'
import { isStageKind, STAGE_KINDS } from './verify-stage/stage-case.ts'

export const verifyStage = defineCommand({
  usage: '[options] KIND [SOURCE…] -- COMMAND [ARG…]',
  summary: 'Try a stage program on the edges of its contract, and say what it gets wrong.',
  options: {
    timeout: {
      type: 'duration',
      default: '30',
      placeholder: 'TIME',
      describe: 'how long one run of the stage may take',
    },
  },
  operands: { max: Infinity },
  takesCommand: true,
  details: `
KIND is check, prompt, llm, apply or git. COMMAND is run as lr-loop runs it, by
sh -c, once or twice a case; one word may be a whole shell line. Each case has a
throw-away folder with copies of the SOURCEs, which the stage may change, or
with two small files in src/. Name as SOURCE what the stage works on and what it
needs; the first file is the one that the cases put edges into.

Every fault is a line: the case, and what is wrong (docs/writing-a-stage.md).

Exit codes: 0 nothing is wrong · 1 something is · 2 invalid usage · 3 COMMAND
cannot be started

  lr-blocks verify-stage apply notes -- ./my-apply.sh
`,
  async run({ operands: [kind = '', ...sources], options, command = [] }, io) {
    if (!isStageKind(kind)) {
      const near = nearest(kind, STAGE_KINDS)
      throw new UsageError(
        `"${kind}" is no kind of stage (${near === undefined ? `known are ${STAGE_KINDS.join(', ')}` : `did you mean ${near}?`})`,
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
