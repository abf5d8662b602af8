import { rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { CommandError, defineCommand, ExitStatus, makeFolders } from '@loop-runner/cli-kit'
import {
  branchOf,
  type Engine,
  ENGINE_OPTIONS,
  explainFailure,
  findRepository,
  type Hash,
  isThere,
  openEngine,
} from '@loop-runner/git-engine'
import { forgetRecord, readRecord } from '../run/run-record.ts'
import { forgetPending } from '../run/pending-run.ts'
import { writeCommits } from '../write-blocks.ts'
import { findLinked, type Linked, removeLinked } from './find-linked.ts'

export const drop = defineCommand({
  usage: '[options] FOLDER',
  summary: 'Remove a linked working tree and the branch of its run.',
  options: {
    ...ENGINE_OPTIONS,
    save: {
      type: 'text',
      placeholder: 'DIR',
      needsTrust: true,
      describe: 'first save uncommitted changes to DIR/changes.diff and commits to DIR/commits.bundle',
    },
  },
  operands: { min: 1, max: 1 },
  details: `
Without --save, a tree with commits of a run or uncommitted changes is not
removed. To restore what was saved: lr-git take adds the commits to the run that
you are on, git apply the changes. Untracked files are not saved. A branch that
lr-git start did not create is kept. Prints the last commit of the run, if it
has one, in a block "commit".

Exit codes: 0 done · 1 no such tree · 3 failed: changes that would be lost …

  lr-git drop --save ../kept ../try && lr-git take ../kept/commits.bundle
`,
  async run({ options, operands: [operand = ''] }, io) {
    try {
      const { commonDir, gitDir } = findRepository(io.cwd, io.env)
      const linked = findLinked(commonDir, resolve(io.cwd, operand))
      if (!linked) {
        io.progress(`${operand}: no linked working tree of this repository`)
        return ExitStatus.No
      }
      if (linked.gitDir === gitDir) {
        throw new CommandError(ExitStatus.Failed, `${operand}: is the tree that you are in (go to another one)`)
      }
      const save = options.save === undefined ? undefined : resolve(io.cwd, options.save)
      const engine = isThere(join(linked.folder, '.git'))
        ? await openEngine(options, { ...io, cwd: linked.folder })
        : await openEngine(options, io)
      const tip = await takeAway(engine, linked, save)
      if (tip !== undefined) await writeCommits([tip], io)
      return ExitStatus.Yes
    } catch (error) {
      throw explainFailure(error)
    }
  },
})

/** What was done in a linked working tree. */
interface Work {
  /** The run's branch; undefined where its HEAD is on none. */
  readonly branch: string | undefined
  /** What the branch is at. */
  readonly tip: Hash | undefined
  /** What the run, or else the tree, started from. */
  readonly begin: Hash | undefined
  /** From there to the files as they are. */
  readonly diff: Buffer
}

/** @returns the last commit of the run in it; undefined where it has none */
async function takeAway(engine: Engine, linked: Linked, save: string | undefined): Promise<Hash | undefined> {
  const work = await lookAt(engine, linked)
  const { branch, tip, begin, diff } = work
  const hasCommits = tip !== undefined && tip !== begin
  if (hasCommits || diff.length > 0) {
    if (save === undefined) {
      throw new CommandError(ExitStatus.Failed, `${linked.folder}: holds changes that would be lost (see --save)`)
    }
    await saveWork(engine, work, save)
  }
  // The tree last: while it is there the branch in it is found again.
  if (branch !== undefined) {
    if (tip !== undefined) await engine.linkedTrees().deleteBranch(branch, tip)
    forgetRecord(engine, branch)
  }
  await forgetPending(engine, linked.gitDir)
  removeLinked(linked)
  return hasCommits ? tip : undefined
}

/** @param engine opened in the tree; elsewhere in the repository where its folder is gone */
async function lookAt(engine: Engine, { gitDir, ref }: Linked): Promise<Work> {
  const named = branchOf({ ref, commit: undefined })
  const record = named === undefined ? undefined : readRecord(engine, named)
  const isOpen = engine.repository.gitDir === gitDir
  const head = isOpen ? (await engine.readHead()).commit : undefined
  const begin = record ? (record.begin ?? undefined) : head
  return {
    branch: record?.branch,
    tip: record && ref !== undefined ? await engine.readRef(ref) : begin,
    begin,
    diff: isOpen && begin !== undefined ? await engine.linkedTrees().diffTo(begin) : Buffer.alloc(0),
  }
}

async function saveWork(engine: Engine, { branch, tip, begin, diff }: Work, folder: string): Promise<void> {
  makeFolders(folder, 0o700)
  writeFileSync(join(folder, 'changes.diff'), diff, { mode: 0o600 })
  // Without a branch the commits are saved already: this goes on with what was interrupted.
  if (branch !== undefined && tip === undefined) return
  const bundle = join(folder, 'commits.bundle')
  rmSync(bundle, { force: true })
  if (branch === undefined || begin === undefined || tip === begin) return
  await engine.linkedTrees().writeBundle(bundle, branch, begin)
}
