import { defineCommand, ExitStatus } from '@loop-runner/cli-kit'
import { ENGINE_OPTIONS, openEngine } from './open-engine.ts'
import { nameOfBase } from './run-ends.ts'
import { readRun, standingFixes } from './run-history.ts'
import { writeBranch, writeCommits } from './write-blocks.ts'

export const status = defineCommand({
  usage: '[options]',
  summary: 'Show the run that HEAD is on.',
  options: ENGINE_OPTIONS,
  details: `
Prints a line with what the run started from and what is not committed, the run's
branch in a block "branch", and the commits of its replies that have not been
undone, the oldest first, in a block "commit". Nothing is changed.

Exit status: 0 done · 3 HEAD is not on the branch of a run

  lr-git status | lr-blocks get commit | xargs git show --stat
`,
  async run({ options }, io) {
    const engine = await openEngine(options.engine, io)
    const run = await readRun(engine)
    const changes = await engine.listChanges()
    const dirt =
      changes.length === 0 ? 'nothing is uncommitted' : `uncommitted: ${changes.map(({ path }) => path).join(', ')}`
    await io.stdout.write(`Started from ${nameOfBase(run.record)}; ${dirt}\n`)
    await writeBranch(run.record.branch, io)
    await writeCommits(
      standingFixes(run.history)
        .map(({ hash }) => hash)
        .reverse(),
      io,
    )
    return ExitStatus.Yes
  },
})
