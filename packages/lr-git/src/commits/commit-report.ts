import { CommandError, ExitStatus, type Io } from '@loop-runner/cli-kit'
import { buildTree, findEntry, type Folders } from './build-tree.ts'
import { fixesMessage, fixMessage, type Provenance } from './commit-message.ts'
import { type Engine, type Head, type PathChange, isSame } from '../repository/engine.ts'
import { fixEntry, FIXES_NAME } from './fixes-file.ts'
import type { Hash } from '../repository/git-object.ts'
import type { Identity } from '../repository/identity.ts'
import { runCommitHooks, runPostCommit } from '../git-program/hooks.ts'
import { identityOf } from './identity-of.ts'
import { addNote, readExchange } from './note.ts'
import { refuseInTheWay } from '../working-tree/in-the-way.ts'
import { inRepository, type RepositoryOptions } from '../repository/in-repository.ts'
import { addCommit, addFixesCommit, beginDraft, type Draft, refuseStaged, stepOf } from './plan-commit.ts'
import { refuseCaseClash } from '../working-tree/refuse-case-clash.ts'
import type { Report } from './report.ts'
import { branchOf, nameOfRun, readRecord, type RunRecord } from '../run/run-record.ts'
import { addCarried, NOTHING_CARRIED, readCarried } from './carried.ts'
import { makeChange } from '../transaction/transaction.ts'
import { treePath } from '../working-tree/tree-path.ts'
import { keepModes, readWorkingEntries } from '../working-tree/working-entries.ts'

/** Before a commit is made anew because somebody else's has come first. */
const PAUSE_MS = 20

/** What a commit is made from. */
interface Task {
  readonly report: Report
  /** From the root. */
  readonly paths: readonly string[]
  /** FIXES.md, from the root. */
  readonly fixes: string
  readonly identity: Identity
  readonly hooks: boolean
}

export interface CommitOptions extends RepositoryOptions {
  /** Whether the repository's hooks are run. */
  readonly hooks: boolean
  /** Whether prompt and reply become a note. */
  readonly notes: boolean
}

/**
 * Commits what a report says was changed, and then the entry in FIXES.md; both become visible at once.
 *
 * @returns the reply's commit and that of FIXES.md; none where nothing differs from the last commit
 * @throws CommandError (3) for a repository, a path or a state that it must not touch, (4) for a lock that is held
 */
export async function commitReport(report: Report, options: CommitOptions, io: Io): Promise<readonly Hash[]> {
  if (report.changed.length === 0) return []
  const note = options.notes ? readExchange(io.env) : undefined
  return inRepository(options, io, async (engine) => {
    const { root, prefix } = engine.repository
    const task: Task = {
      report,
      paths: report.changed.map((path) => treePath(root, prefix, path)),
      fixes: treePath(root, prefix, FIXES_NAME),
      identity: identityOf(engine, io),
      hooks: options.hooks,
    }
    const commits = await retryLate(() => commitOnce(engine, task, io), options['lock-timeout'])
    const [fix] = commits
    if (note && fix !== undefined) await retryLate(() => addNote(engine, fix, note, io), options['lock-timeout'])
    if (options.hooks && fix !== undefined) await runPostCommit(engine, io)
    return commits
  })
}

/** Does something again while it comes too late: a ref that somebody has moved or locks. */
async function retryLate<T>(work: () => Promise<T>, forMs: number): Promise<T> {
  const end = Date.now() + forMs
  for (;;) {
    try {
      return await work()
    } catch (error) {
      const isLate = error instanceof CommandError && error.status === ExitStatus.TryAgain
      if (!isLate || Date.now() >= end) throw error
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }
}

async function commitOnce(engine: Engine, task: Task, io: Io): Promise<readonly Hash[]> {
  const { paths, fixes, identity, report } = task
  const indexed = [...new Set([...paths, fixes])]
  const [head, index, working] = await Promise.all([
    engine.readHead(),
    engine.readIndex(indexed),
    readWorkingEntries(engine, paths),
    engine.checkAttributes([fixes]),
  ])
  const { draft, blob } = await beginDraft(engine, head, paths, fixes)
  const changes = keepModes(engine, working.entries, (path) => findEntry(draft.folders, path)).filter(
    ({ path, entry }) => !isSame(entry, findEntry(draft.folders, path)),
  )
  if (changes.length === 0) return []

  const { record, ...provenance } = readProvenance(engine, head, io)
  const carried = record ? await readCarried(engine, record) : NOTHING_CARRIED
  refuseInTheWay(index, indexed)
  refuseCaseClash(engine, draft.folders, changes)
  refuseStaged(index, draft.folders, withFixes(changes, fixes, draft.folders), carried)
  const names = changes.map(({ path }) => path)
  const before = await addCarried(draft, engine, { paths: names, carried, run: provenance.run }, identity)
  const written = fixMessage(names, report, provenance)
  const message = task.hooks ? await askHooks(engine, before, changes, written, io) : written
  const withFix = await addCommit(before, engine, changes, identity, message)
  const text = {
    path: fixes,
    last: names.includes(fixes) ? await readBlob(engine, withFix, fixes) : blob,
    run: provenance.run,
    entry: fixEntry(withFix.tip, names, report, provenance),
  }
  const whole = await addFixesCommit(withFix, engine, text, identity, fixesMessage(withFix.tip, provenance))
  const objects = [...working.objects, ...whole.objects]
  const reason = `lr-git commit: ${names.length === 1 ? names[0] : `${names.length} files`}`
  await makeChange(engine, { ...whole, objects, steps: [stepOf(head, whole)], reason }, io)
  return [withFix.tip, whole.tip]
}

/** The hooks see the reply's commit before it is made, and may change its message. */
function askHooks(
  engine: Engine,
  { folders }: Draft,
  changes: readonly PathChange[],
  message: string,
  io: Io,
): Promise<string> {
  const { root, objects } = buildTree(folders, changes, engine.format)
  return runCommitHooks(engine, root, objects, message, io)
}

/** FIXES.md changes too: its entry in the index must be the last commit's. */
function withFixes(changes: readonly PathChange[], fixes: string, folders: Folders): PathChange[] {
  return [
    ...changes,
    ...(changes.some(({ path }) => path === fixes) ? [] : [{ path: fixes, entry: findEntry(folders, fixes) }]),
  ]
}

async function readBlob(engine: Engine, { folders }: Draft, path: string): Promise<Buffer | undefined> {
  const entry = findEntry(folders, path)
  const objects = entry ? await engine.readObjects([entry.hash]) : []
  return objects[0]?.bytes
}

function readProvenance(engine: Engine, head: Head, io: Io): Provenance & { readonly record: RunRecord | undefined } {
  const branch = branchOf(head)
  const record = branch === undefined ? undefined : readRecord(engine, branch)
  return { record, run: nameOfRun(io.env, record?.branch), iteration: io.env['LR_ITERATION'] || undefined }
}
