import { CommandError, ExitStatus, type Io } from '@loop-runner/cli-kit'
import { addOriginals } from './add-originals.ts'
import {
  buildTree,
  type Engine,
  findEntry,
  inRepository,
  isSame,
  keepModes,
  type PathChange,
  readWorkingEntries,
  refuseCaseClash,
  refuseInTheWay,
  type RepositoryOptions,
  runCommitHooks,
  runPostCommit,
  treePath,
} from '@loop-runner/git-engine'
import { NOTHING_CARRIED, readCarried } from './carried.ts'
import { fixMessage } from './commit-message.ts'
import { findCommitted } from './find-committed.ts'
import { fixEntry } from './fixes-file.ts'
import { identityOf } from './identity-of.ts'
import { type Committed, NOTHING_COMMITTED } from './committed.ts'
import { addEntry } from './add-entry.ts'
import { explainOnce } from './explain-once.ts'
import { addNote, readExchange } from './note.ts'
import { addCommit, beginDraft, type Draft, refuseStaged } from './plan-commit.ts'
import type { Report } from './report.ts'
import { findOriginals } from './save-originals.ts'
import { sortFiles, type Task, withFixes } from './task.ts'
import { findTarget, moveTarget, type Target } from '../run/current-run.ts'
import { findFixes } from '../run/fixes-path.ts'
import { keepVersions } from '../run/kept-files.ts'
import { readPendingEntries } from '../run/pending-run.ts'
import { nameOfRun } from '../run/run-record.ts'

/** Before a commit is made again because another one came first. */
const PAUSE_MS = 20

export interface CommitOptions extends RepositoryOptions {
  /** Whether the repository's hooks are run. */
  readonly hooks: boolean
  /** Whether prompt and reply become a note. */
  readonly notes: boolean
  /** The file that explains commits outside of a run. */
  readonly fixes: string
  /** The branch that HEAD must be on. */
  readonly 'run-branch'?: string | undefined
}

/**
 * Commits what a report says was changed, and then the entry in FIXES.md; both become visible at once.
 *
 * @throws CommandError (3) for a repository, a path or a state that it must not touch, (4) for a lock that is held
 */
export async function commitReport(report: Report, options: CommitOptions, io: Io): Promise<Committed> {
  if (report.changed.length === 0 && report.explanation === '') return NOTHING_COMMITTED
  const note = options.notes ? readExchange(io.env) : undefined
  return inRepository(options, io, async (engine) => {
    const { root, prefix } = engine.repository
    const paths = report.changed.map((path) => treePath(root, prefix, path))
    const task = { report, paths, identity: identityOf(engine, io), hooks: options.hooks }
    const work = paths.length === 0 ? explainOnce : commitOnce
    const committed = await retryLate(async () => {
      const target = await findTarget(engine, options['run-branch'])
      return work(engine, { ...task, target, fixes: findFixes(engine, target.record, options.fixes) }, io)
    }, options['lock-timeout'])
    const [fix] = committed.commits
    if (note && fix !== undefined) await retryLate(() => addNote(engine, fix, note, io), options['lock-timeout'])
    if (options.hooks && fix !== undefined) await runPostCommit(engine, io)
    return committed
  })
}

/** Does something again while it comes too late: a ref was moved, or is locked. */
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
  const { target } = task
  const { record } = target
  const index = await engine.readIndex(indexed)
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
    return { commits, originals: [], ignored: ignored.map(unkept), heldBy: target.head.commit }
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
  const own = { changes, fixes: files.fixes, originals, carried, run: provenance.run }
  const before = await addOriginals(draft, engine, own, task)
  const written = fixMessage([...names, ...ignored], task.report, provenance)
  const message = task.hooks ? await askHooks(engine, before, changes, written, io) : written
  const withFix = await addCommit(before, engine, changes, task.identity, message)
  const fixed = { committed: names, ignored, originals: before.commits }
  const entry = entryOf(engine, target, fixEntry(withFix.tip, fixed, task.report, provenance))
  const fixes = { state: files.fixes, blob, entry, provenance, explains: withFix.tip }
  const whole = await addEntry(withFix, engine, task, fixes)
  const reason = `lr-git commit: ${names.length === 1 ? names[0] : `${names.length} files`}`
  const kept = record ? keepVersions(engine, record.branch, withFix.tip, files.ignored) : []
  await moveTarget(engine, target, { ...whole, objects: [...working.objects, ...whole.objects], reason }, io)
  return {
    commits: whole.commits.slice(before.commits.length),
    originals: before.commits,
    ignored: [...kept, ...files.unknown.map(unkept)],
  }
}

/** The first entry of a run comes after those that were kept for it. */
function entryOf(engine: Engine, { isPending }: Target, entry: string): string {
  return [isPending ? readPendingEntries(engine) : '', entry].filter(Boolean).join('\n\n')
}

function unkept(path: string) {
  return { path, kept: undefined }
}

function fixesOf({ fixes }: Task): readonly string[] {
  return fixes === undefined ? [] : [fixes]
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
