import { CommandError, ExitStatus, type Io } from '@loop-runner/cli-kit'
import { addOriginals } from './add-originals.ts'
import { buildTree, findEntry } from './build-tree.ts'
import { NOTHING_CARRIED, readCarried } from './carried.ts'
import { fixesMessage, fixMessage, type Provenance } from './commit-message.ts'
import { findCommitted } from './find-committed.ts'
import { fixEntry, FIXES_NAME } from './fixes-file.ts'
import { identityOf } from './identity-of.ts'
import { addNote, readExchange } from './note.ts'
import { addCommit, addFixesCommit, addFixesFile, beginDraft, type Draft, refuseStaged } from './plan-commit.ts'
import type { Report } from './report.ts'
import { findOriginals } from './save-originals.ts'
import { sortFiles, type Task, type TaskFiles, withFixes } from './task.ts'
import { runCommitHooks, runPostCommit } from '../git-program/hooks.ts'
import { type Engine, isSame, type PathChange } from '../repository/engine.ts'
import type { Hash } from '../repository/git-object.ts'
import { inRepository, type RepositoryOptions } from '../repository/in-repository.ts'
import { findTarget, moveTarget } from '../run/current-run.ts'
import { keepVersions } from '../run/kept-files.ts'
import { nameOfRun } from '../run/run-record.ts'
import { refuseInTheWay } from '../working-tree/in-the-way.ts'
import { refuseCaseClash } from '../working-tree/refuse-case-clash.ts'
import { treePath } from '../working-tree/tree-path.ts'
import { keepModes, readWorkingEntries } from '../working-tree/working-entries.ts'

/** Before a commit is made anew because somebody else's has come first. */
const PAUSE_MS = 20

/** What a report came to. */
export interface Committed {
  /** The commit of the reply, then that of FIXES.md; none if nothing differs from the last commit. */
  readonly commits: readonly Hash[]
  /** Commits of the files as they were before the reply. */
  readonly originals: readonly Hash[]
  /** Changed files that git ignores, and that are in no commit; `kept` is a file that holds the former version. */
  readonly ignored: readonly { readonly path: string; readonly kept: string | undefined }[]
}

const NOTHING_COMMITTED: Committed = { commits: [], originals: [], ignored: [] }

export interface CommitOptions extends RepositoryOptions {
  /** Whether the repository's hooks are run. */
  readonly hooks: boolean
  /** Whether prompt and reply become a note. */
  readonly notes: boolean
  /** The branch that HEAD must be on. */
  readonly 'run-branch'?: string | undefined
}

/**
 * Commits what a report says was changed, and then the entry in FIXES.md; both become visible at once.
 *
 * @throws CommandError (3) for a repository, a path or a state that it must not touch, (4) for a lock that is held
 */
export async function commitReport(report: Report, options: CommitOptions, io: Io): Promise<Committed> {
  if (report.changed.length === 0) return NOTHING_COMMITTED
  const note = options.notes ? readExchange(io.env) : undefined
  return inRepository(options, io, async (engine) => {
    const { root, prefix } = engine.repository
    const task: Task = {
      report,
      paths: report.changed.map((path) => treePath(root, prefix, path)),
      fixes: treePath(root, prefix, FIXES_NAME),
      branch: options['run-branch'],
      identity: identityOf(engine, io),
      hooks: options.hooks,
    }
    const committed = await retryLate(() => commitOnce(engine, task, io), options['lock-timeout'])
    const [fix] = committed.commits
    if (note && fix !== undefined) await retryLate(() => addNote(engine, fix, note, io), options['lock-timeout'])
    if (options.hooks && fix !== undefined) await runPostCommit(engine, io)
    return committed
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

async function commitOnce(engine: Engine, task: Task, io: Io): Promise<Committed> {
  const indexed = [...new Set([...task.paths, ...fixesOf(task)])]
  const [target, index] = await Promise.all([findTarget(engine, task.branch), engine.readIndex(indexed)])
  const { record } = target
  const { draft, blob } = await beginDraft(engine, target.head, task.paths, task.fixes)
  const files = await sortFiles(engine, task, { index, draft, record }, io)
  const [working] = await Promise.all([
    readWorkingEntries(engine, files.committed),
    engine.checkAttributes(files.fixes === 'ignored' ? [] : fixesOf(task)),
  ])
  const provenance = { run: nameOfRun(io.env, record?.branch), iteration: io.env['LR_ITERATION'] || undefined }
  const last = (path: string) => findEntry(draft.folders, path)
  const changes = keepModes(engine, working.entries, last).filter(({ path, entry }) => !isSame(entry, last(path)))
  const ignored = [...files.ignored.map(({ path }) => path), ...files.unknown]
  if (changes.length + (record ? ignored.length : 0) === 0) {
    const commits = await findCommitted(engine, target.head, provenance)
    return { commits, originals: [], ignored: ignored.map(unkept) }
  }

  const carried = record ? await readCarried(engine, record) : NOTHING_CARRIED
  const touched = withFixes(changes, task, files.fixes, last)
  refuseInTheWay(index, indexed)
  refuseCaseClash(engine, draft.folders, changes)
  const names = changes.map(({ path }) => path)
  const originals = await findOriginals(engine, names, files.replaced, last)
  refuseStaged(index, draft.folders, touched, (path) => [
    carried.asItWas(path, last(path))?.staged,
    originals.find((one) => one.path === path)?.entry,
  ])
  const before = await addOriginals(
    draft,
    engine,
    { changes, fixes: files.fixes, originals, carried, run: provenance.run },
    task,
  )
  const written = fixMessage([...names, ...ignored], task.report, provenance)
  const message = task.hooks ? await askHooks(engine, before, changes, written, io) : written
  const withFix = await addCommit(before, engine, changes, task.identity, message)
  const entry = fixEntry(withFix.tip, { committed: names, ignored, originals: before.commits }, task.report, provenance)
  const whole = await addEntry(withFix, engine, task, { state: files.fixes, blob, entry, provenance })
  const reason = `lr-git commit: ${names.length === 1 ? names[0] : `${names.length} files`}`
  const kept = record ? keepVersions(engine, record.branch, withFix.tip, files.ignored) : []
  await moveTarget(engine, target, { ...whole, objects: [...working.objects, ...whole.objects], reason }, io)
  return {
    commits: whole.commits.slice(before.commits.length),
    originals: before.commits,
    ignored: [...kept, ...files.unknown.map(unkept)],
  }
}

function unkept(path: string) {
  return { path, kept: undefined }
}

function fixesOf({ fixes }: Task): readonly string[] {
  return fixes === undefined ? [] : [fixes]
}

/** Adds the entry to FIXES.md: in a commit of its own, or in the working tree alone if git ignores the file. */
async function addEntry(
  draft: Draft & { readonly tip: Hash },
  engine: Engine,
  { fixes, identity }: Task,
  {
    state,
    blob,
    entry,
    provenance,
  }: {
    readonly state: TaskFiles['fixes']
    readonly blob: Buffer | undefined
    readonly entry: string
    readonly provenance: Provenance
  },
): Promise<Draft & { readonly tip: Hash }> {
  if (fixes === undefined) return draft
  const { run } = provenance
  if (state === 'ignored') return addFixesFile(draft, engine, { path: fixes, run, entry })
  const isIn = draft.index.some(({ path }) => path === fixes)
  const last = isIn ? await readBlob(engine, draft, fixes) : blob
  return addFixesCommit(draft, engine, { path: fixes, last, run, entry }, identity, fixesMessage(draft.tip, provenance))
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

async function readBlob(engine: Engine, { folders }: Draft, path: string): Promise<Buffer | undefined> {
  const entry = findEntry(folders, path)
  const objects = entry ? await engine.readObjects([entry.hash]) : []
  return objects[0]?.bytes
}
