import { basename } from 'node:path'
import { CommandError, defineCommand, ExitStatus, type Io } from '@loop-runner/cli-kit'
import { checkBranchName, makeBranchName } from './branch-name.ts'
import type { Engine, Head, Step } from './engine.ts'
import type { Hash } from './git-object.ts'
import { ENGINE_OPTIONS, openEngine } from './open-engine.ts'
import { refuseInProgress } from './repository-state.ts'
import { BRANCHES, branchOf, readRecord, type RunRecord, writeRecord } from './run-record.ts'
import { makeChange, withLock } from './transaction.ts'
import { writeBranch } from './write-blocks.ts'

/** So many names of one second are tried. */
const MOST_NAMES = 1000

export const start = defineCommand({
  usage: '[options] [BRANCH]',
  summary: 'Make the branch of a run and switch to it.',
  options: {
    ...ENGINE_OPTIONS,
    slug: {
      type: 'text',
      placeholder: 'TEXT',
      describe: "what the run is about, for the branch's name (default: the folder's name)",
    },
    dirty: {
      type: 'choice',
      choices: ['refuse'],
      default: 'refuse',
      describe: 'what to do with changes that are not committed',
    },
  },
  operands: { max: 1 },
  details: `
The branch is BRANCH, or lr/TIME-SLUG, with the time in UTC. No file and nothing
that is staged is touched. Prints the branch's name in a block "branch".

Exit status: 0 done · 2 no name for a branch · 3 could not be done: no repository,
changes that are not committed, a merge in progress … · 4 another git holds the lock

  lr-git start --slug parser | lr-blocks get branch
`,
  async run({ options, operands: [name] }, io) {
    if (name !== undefined) checkBranchName(name)
    const engine = await openEngine(options.engine, io)
    refuseInProgress(engine.repository)
    const slug = options.slug ?? basename(engine.repository.root)
    const branch = await withLock(engine, io, options['lock-timeout'], () => startRun(engine, name, slug, io))
    await writeBranch(branch, io)
    io.progress(`on branch ${branch}`)
    return ExitStatus.Yes
  },
})

async function startRun(engine: Engine, name: string | undefined, slug: string, io: Io): Promise<string> {
  const [head, changes] = await Promise.all([engine.readHead(), engine.listChanges()])
  const unused = findUnused(engine, head)
  if (unused !== undefined && unused.branch === name) return unused.branch
  if (changes.length > 0) throw dirty(changes)
  const branch = name ?? (await freeName(engine, slug))
  const ref = BRANCHES + branch
  if (name !== undefined && (await engine.readRef(ref)) !== undefined) {
    throw new CommandError(ExitStatus.Failed, `${name}: a branch of that name exists (name another)`)
  }
  writeRecord(engine, { ...(unused ?? recordFrom(head)), branch })
  const change = { objects: [], index: [], files: [], reason: `lr-git start: from ${describe(head)}` }
  await makeChange(engine, { ...change, steps: stepsTo(ref, head.commit) }, io)
  return branch
}

/** A branch comes into being before HEAD is on it; one without a commit only by HEAD being on it. */
function stepsTo(ref: string, commit: Hash | undefined): readonly [Step, ...Step[]] {
  return commit === undefined ? [{ head: { ref } }] : [{ ref, from: undefined, to: commit }, { head: { ref } }]
}

function recordFrom(head: Head): Omit<RunRecord, 'branch'> {
  const commit = head.commit ?? null
  return { base: head.ref ?? null, commit, staged: commit, start: commit }
}

function describe(head: Head): string {
  return branchOf(head) ?? head.commit ?? 'nothing'
}

/** The run that HEAD is on, where nothing has been done in it yet: starting again means starting from where it did. */
function findUnused(engine: Engine, head: Head): RunRecord | undefined {
  const branch = branchOf(head)
  const record = branch === undefined ? undefined : readRecord(engine, branch)
  return record && record.commit === (head.commit ?? null) ? record : undefined
}

async function freeName(engine: Engine, slug: string): Promise<string> {
  const name = makeBranchName(new Date(), slug)
  for (let count = 1; count <= MOST_NAMES; count++) {
    const candidate = count === 1 ? name : `${name}-${count}`
    const isTaken = (await engine.readRef(BRANCHES + candidate)) !== undefined || readRecord(engine, candidate)
    if (!isTaken) return candidate
  }
  throw new CommandError(ExitStatus.Failed, `${name}: ${MOST_NAMES} branches begin so (name one)`)
}

function dirty(changes: readonly string[]): CommandError {
  const shown = changes.slice(0, 3).join(', ')
  const more = changes.length > 3 ? ` and ${changes.length - 3} more` : ''
  return new CommandError(ExitStatus.Failed, `${shown}${more}: changed and not committed (commit first)`)
}
