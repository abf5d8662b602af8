import { defineCommand, ExitStatus, type Io } from '@loop-runner/cli-kit'
import {
  COMPARING_OPTIONS,
  type EngineOptions,
  explainFailure,
  type LocalChange,
  openEngine,
} from '@loop-runner/git-engine'
import { nameOfBase } from '../run/run-ends.ts'
import { readRun, type Run, standingFixes } from '../run/run-history.ts'
import { writeBranch, writeCommits } from '../write-blocks.ts'

export const status = defineCommand({
  usage: '[options]',
  summary: 'Show the run that HEAD is on.',
  options: COMPARING_OPTIONS,
  details: `
Prints a line with the commit that the run started from and the uncommitted
changes, the branch of the run in a block "branch", and the commits of its
replies, without undone ones, oldest first, in a block "commit". Changes
nothing.

Exit codes: 0 done · 3 HEAD is not on the branch of a run

  lr-git status | lr-blocks get commit | xargs git show --stat
`,
  async run({ options }, io) {
    const { run, changes } = await lookAt(options, io)
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

async function lookAt(options: EngineOptions, io: Io): Promise<{ run: Run; changes: readonly LocalChange[] }> {
  try {
    const engine = await openEngine(options, io)
    return { run: await readRun(engine), changes: await engine.listChanges() }
  } catch (error) {
    throw explainFailure(error)
  }
}
