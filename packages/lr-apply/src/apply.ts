import { defineCommand, ExitStatus, type Io, visibleText, UsageError } from '@loop-runner/cli-kit'
import { DEVIATIONS } from '@loop-runner/reply-format'
import { APPLY_OPTIONS } from './apply-options.ts'
import { rejection, type Report, writeJsonReport, writeReport } from './report.ts'

export const apply = defineCommand({
  usage: '[options] [PATH…]',
  summary: 'Write the new versions in a reply, all of them or none.',
  options: APPLY_OPTIONS,
  operands: { max: Infinity },
  details: `
Reads a model's reply: whole new versions in blocks named by their paths, or
SEARCH/REPLACE edits in such blocks. Edits, diffs and code fences that name
their file are read outside blocks, too; any other form of change is refused.
PATH… are the files and folders that it may change; new files may appear in
folders that are named; without PATH, anywhere in the working directory. Never
written: .git, anything outside, anything through a link. Tests, checks, their
configuration, what runs later (CI, hooks, package.json, …) and secrets are
written only if a PATH names the very file, or --allow does. Files keep their
line ends, byte-order mark, final newline and mode. If anything is wrong with a
reply, nothing of it is written.

Prints a block stream, each block only if it has content: changed, unchanged,
rejected (PATH: reason), declared (the model reports that it is done), show
(files that it asks to see), blocked (why it cannot be done), explanation, diff,
usage (as lr-llm --usage printed it).

--undo takes back the last reply that was applied here, --undo N the last N, up
to one of which a file has changed since.

Exit codes: 0 something changed · 1 nothing did · 2 invalid usage · 3 could not
be written (nothing is) · 4 another program is writing here for more than 10 s

  lr-check -c pytest src | lr-prompt -i 'Fix it' | lr-llm | lr-apply src
`,
  async run({ operands, options }, io) {
    const { applyReply, undoReplies } = await import('./apply-reply.ts')
    const report = options.undo
      ? await undoReplies(countOf(operands), io)
      : await applyReply(await io.stdin.text(), operands, options, io)
    say(report, io)
    const text = options.json ? writeJsonReport(report) : writeReport(report)
    await io.stdout.write(io.stdout.isTerminal ? visibleText(text) : text)
    return report.changed.length > 0 ? ExitStatus.Yes : ExitStatus.No
  },
})

/** How many replies --undo takes back. */
function countOf(operands: readonly string[]): number {
  const [count = '1'] = operands
  if (operands.length > 1 || !/^[1-9]\d{0,5}$/.test(count))
    throw new UsageError(`--undo ${operands.join(' ')}: takes a number and no PATH (whole replies are taken back)`)
  return Number(count)
}

/** Says on standard error what is not as it should be, each with its code. */
function say({ noted, rejected }: Report, io: Io): void {
  for (const finding of noted) {
    const line = `${rejection(finding)} [${finding.code}]`
    if (DEVIATIONS[finding.code].action === 'accept') io.detail(line)
    else io.progress(line)
  }
  for (const finding of rejected) io.warn(`${rejection(finding)} [${finding.code}]`)
}
