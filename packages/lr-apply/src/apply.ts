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
Reads a model's reply from standard input: blocks named by a path that contain
the new version of the file, or SEARCH/REPLACE edits to it. Edits, diffs and
code fences that name their file are also read outside blocks. Any other form of
change is rejected. If any part of a reply is rejected, nothing is written.

PATH… are the files and folders that a reply may change; new files may be
created in those folders. Without PATH, it may change the working directory.
.git, files outside the working directory and files behind links are never
written. Tests, check scripts, their configuration, files that run later (CI,
hooks, package.json …) and secrets are written only if a PATH names the file
itself or --allow matches it. Files keep their line endings, byte-order mark,
final newline and mode.

Prints a block stream, each block only if it has content: changed, unchanged,
rejected (PATH: reason), declared (the model reports that it is done), show
(files that it asks to see), blocked (why it cannot do the task), explanation,
diff, usage (copied from lr-llm --usage).

--undo undoes the last reply applied here, --undo N the last N. It stops before
a reply whose files have changed since.

Exit codes: 0 files changed · 1 no file changed · 2 invalid usage · 3 a file
cannot be written; no file was · 4 another program has been writing here for
more than 10 s

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
    throw new UsageError(`--undo ${operands.join(' ')}: takes a number and no PATH (only whole replies can be undone)`)
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
