import { parseStream, type Part, StreamError } from '@loop-runner/block-format'
import { defineCommand, ExitStatus, UsageError } from '@loop-runner/cli-kit'
import { commitReport } from '../commits/commit-report.ts'
import { ENGINE_OPTIONS, RUN_BRANCH, RUNS_PROGRAMS } from '@loop-runner/git-engine'
import { readReport } from '../commits/report.ts'
import { FIXES_OPTION } from '../run/fixes-path.ts'
import { writeCommits } from '../write-blocks.ts'

export const commit = defineCommand({
  usage: '[options]',
  summary: 'Commit the files named in the report of lr-apply, then FIXES.md.',
  options: {
    ...ENGINE_OPTIONS,
    hooks: {
      ...RUNS_PROGRAMS,
      describe: "run the repository's hooks on the commit of the reply; if one fails, nothing is committed",
    },
    'run-branch': RUN_BRANCH,
    ...FIXES_OPTION,
    notes: { type: 'flag', describe: 'attach the prompt and the reply as a note, in refs/notes/lr' },
  },
  details: `
Reads the report on standard input, passes it on, and adds a block "commit" with
the full hashes, one per line: first the commit of exactly the files listed in
"changed", then the commit that adds an entry to FIXES.md in the working
directory. In a run, start --fixes sets that file.
If the report has no "changed", the explanation is added to FIXES.md on the
branch of the run: in a commit of its own, or with the first commit of the run.
Staged changes stay staged. Unless an option asks for it, no program that the
repository configures is run: no hooks, no filters, no signing program.

With --notes (in a loop: LR_GIT_NOTES=1, or notes: true under git: in lr.yaml)
prompts and replies can be pushed and fetched with the history of a run:

  git push origin BRANCH refs/notes/lr
  git fetch origin BRANCH refs/notes/lr:refs/notes/lr
  git notes --ref=lr show COMMIT | lr-blocks get prompt

To apply a reply again, to the files as they were before it:

  git notes --ref=lr show COMMIT | lr-blocks get reply | lr-apply

Exit codes: 0 committed · 1 nothing to commit · 2 broken stream · 3 failed ·
4 another git process holds the lock

  lr-llm < prompt.txt | lr-apply src | lr-git commit | lr-blocks get commit
`,
  async run({ options }, io) {
    const text = await io.stdin.text()
    const { commits, originals, ignored, heldBy } = await commitReport(readReport(parse(text)), options, io)
    await io.stdout.write(text === '' || text.endsWith('\n') ? text : `${text}\n`)
    for (const { path, kept } of ignored) {
      const earlier = kept === undefined ? 'lr-apply --undo takes the reply back' : `as it was before: ${kept}`
      io.warn(`${path}: ignored by git, not committed (${earlier})`)
    }
    if (commits.length === 0) {
      io.progress(heldBy === undefined ? 'nothing to commit' : `nothing to commit: the files are as in ${heldBy}`)
      return ExitStatus.No
    }
    await writeCommits(commits, io)
    if (originals.length > 0) io.progress(`what was not committed before the reply is in ${originals.join(', ')}`)
    io.progress(`committed ${commits[0]?.slice(0, 12)}`)
    return ExitStatus.Yes
  },
})

function parse(text: string): Part[] {
  try {
    return parseStream(text)
  } catch (error) {
    if (error instanceof StreamError) throw new UsageError(`standard input: ${error.message}`)
    throw error
  }
}
