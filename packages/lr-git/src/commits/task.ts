import { join } from 'node:path'
import type { Io } from '@loop-runner/cli-kit'
import {
  type Engine,
  type FileEntry,
  findEntry,
  findIgnored,
  type Identity,
  type IndexEntry,
  type PathChange,
  readFile,
} from '@loop-runner/git-engine'
import type { Draft } from './plan-commit.ts'
import type { Report } from './report.ts'
import { readReplaced, type Replaced } from './save-originals.ts'
import { type IgnoredFile, type KeptRun, readKeptBefore } from '../run/kept-files.ts'
import type { RunRecord } from '../run/run-record.ts'
import { readCommits } from '../run/run-history.ts'
import type { Target } from '../run/current-run.ts'

/** What a commit is made from. */
export interface Task {
  readonly report: Report
  /** From the root. */
  readonly paths: readonly string[]
  /** FIXES.md, from the root; undefined if no entries are written. */
  readonly fixes: string | undefined
  /** Where the commits go. */
  readonly target: Target
  readonly identity: Identity
  readonly hooks: boolean
}

/** The files of a task by what becomes of them. */
export interface TaskFiles {
  /** Those that a commit may hold. */
  readonly committed: readonly string[]
  /** Those that git ignores and that the reply changed. */
  readonly ignored: readonly IgnoredFile[]
  /** Ignored files whose former version is not known. */
  readonly unknown: readonly string[]
  /** FIXES.md: tracked (or new), there and not tracked, or ignored; undefined if it is not written. */
  readonly fixes: 'tracked' | 'untracked' | 'ignored' | undefined
  readonly replaced: Replaced
}

/** Sorts the files of a task. */
export async function sortFiles(
  engine: Engine,
  task: Task,
  at: { readonly index: readonly IndexEntry[]; readonly draft: Draft; readonly record: RunRecord | undefined },
  io: Io,
): Promise<TaskFiles> {
  const isTracked = (path: string) =>
    findEntry(at.draft.folders, path) !== undefined || at.index.some((entry) => entry.path === path)
  const { fixes, paths } = task
  const all = fixes === undefined || paths.includes(fixes) ? paths : [...paths, fixes]
  const untracked = all.filter((path) => !isTracked(path))
  const [ignored, replaced] = [await findIgnored(engine, untracked, io), await readReplaced(engine, paths, io)]
  const { record } = at
  const isKept = record !== undefined && paths.some((path) => ignored.has(path))
  const run = isKept ? { record, history: await readCommits(engine, task.target.head.commit, record.begin) } : undefined
  const changed = paths.filter((path) => ignored.has(path)).map((path) => ignoredFile(engine, path, replaced, run))
  return {
    committed: paths.filter((path) => !ignored.has(path)),
    ignored: changed.filter((file) => typeof file !== 'string').filter(({ before, after }) => !isEqual(before, after)),
    unknown: changed.filter((file) => typeof file === 'string'),
    fixes: fixes === undefined ? undefined : stateOf(engine, fixes, ignored, untracked),
    replaced,
  }
}

/** Adds FIXES.md to the paths whose entries in the index must be the last commit's. */
export function withFixes(
  changes: readonly PathChange[],
  { fixes }: Task,
  state: TaskFiles['fixes'],
  last: (path: string) => FileEntry | undefined,
): readonly PathChange[] {
  if (fixes === undefined || state === 'ignored' || changes.some(({ path }) => path === fixes)) return changes
  return [...changes, { path: fixes, entry: last(fixes) }]
}

function stateOf(
  { repository }: Engine,
  fixes: string,
  ignored: ReadonlySet<string>,
  untracked: readonly string[],
): TaskFiles['fixes'] {
  if (ignored.has(fixes)) return 'ignored'
  return untracked.includes(fixes) && readFile(join(repository.root, fixes)) ? 'untracked' : 'tracked'
}

/** The path alone if nothing is known of its former version. */
function ignoredFile(engine: Engine, path: string, replaced: Replaced, run: KeptRun | undefined): IgnoredFile | string {
  const after = readFile(join(engine.repository.root, path))
  const versions = replaced.get(path) ?? []
  if (versions.length > 0) return { path, before: versions[0]?.bytes, after }
  const kept = run && readKeptBefore(engine, run, path)
  return kept ? { path, before: kept.bytes, after } : path
}

function isEqual(one: Buffer | undefined, other: Buffer | undefined): boolean {
  return one === other || (one !== undefined && other !== undefined && one.equals(other))
}
