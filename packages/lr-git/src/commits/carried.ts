import {
  diffCommits,
  type Difference,
  type Engine,
  type FileEntry,
  findEntry,
  type Identity,
  isSame,
  type PathChange,
} from '@loop-runner/git-engine'
import { ORIGINALS, returnMessage } from './commit-message.ts'
import { subjectOf } from './commit-subject.ts'
import { addCommit, type Draft } from './plan-commit.ts'
import type { RunCommit } from '../run/run-history.ts'
import type { RunRecord } from '../run/run-record.ts'

/** A file as it was when the run started. */
export interface CarriedFile {
  readonly staged: FileEntry | undefined
  readonly working: FileEntry | undefined
}

/** The user's changes that a run carries along, not committed. */
export interface Carried {
  /**
   * How a file was when the run started, where no commit of its branch has that.
   *
   * @param entry the file in some commit of the branch; where it is not as in the run's first one, the run has
   *   committed it already
   */
  asItWas(path: string, entry: FileEntry | undefined): CarriedFile | undefined
}

export const NOTHING_CARRIED: Carried = { asItWas: () => undefined }

/**
 * What a run carries; nothing where all was committed when it started.
 *
 * @param history the commits of the run, if what they saved before a reply counts too
 */
export async function readCarried(
  engine: Engine,
  { begin, staged, start }: RunRecord,
  history: readonly RunCommit[] = [],
): Promise<Carried> {
  const changesTo = async (commit: string | null) =>
    start === begin
      ? new Map<string, Difference>()
      : new Map((await diffCommits(engine, begin ?? undefined, commit ?? undefined)).map((one) => [one.path, one]))
  const [working, index] = [await changesTo(start), await changesTo(staged)]
  for (const one of await readOriginals(engine, history)) if (!working.has(one.path)) working.set(one.path, one)
  if (working.size + index.size === 0) return NOTHING_CARRIED
  return {
    asItWas: (path, entry) => {
      const known = working.get(path) ?? index.get(path)
      if (!known || !isSame(known.from, entry)) return undefined
      const versionIn = (changes: typeof working) => (changes.has(path) ? changes.get(path)?.to : known.from)
      return { staged: versionIn(index), working: versionIn(working) }
    },
  }
}

/**
 * The files that a run has saved before a reply changed them, and that it had not touched before: the user's.
 */
async function readOriginals(engine: Engine, history: readonly RunCommit[]): Promise<readonly Difference[]> {
  if (!history.some(({ trailers }) => trailers.has(ORIGINALS))) return []
  const touched = new Set<string>()
  const originals: Difference[] = []
  for (const { hash, parents, trailers } of history.toReversed()) {
    for (const one of await diffCommits(engine, parents[0], hash)) {
      if (trailers.has(ORIGINALS) && !touched.has(one.path)) originals.push(one)
      touched.add(one.path)
    }
  }
  return originals
}

/** Commits files as they were when the run started, what was staged of them first. */
export async function addCarried(
  draft: Draft,
  engine: Engine,
  changes: { readonly paths: readonly string[]; readonly carried: Carried; readonly run: string | undefined },
  identity: Identity,
): Promise<Draft> {
  const { paths, carried, run } = changes
  const files = paths.flatMap((path) => {
    const was = carried.asItWas(path, findEntry(draft.folders, path))
    return was ? [{ path, ...was }] : []
  })
  const staged = files.filter(({ staged, working }) => !isSame(staged, working))
  const versions: [string, PathChange[]][] = [
    ['as staged: ', staged.map(({ path, staged }) => ({ path, entry: staged }))],
    ['as it was: ', files.map(({ path, working }) => ({ path, entry: working }))],
  ]
  let grown = draft
  for (const [what, entries] of versions) {
    const changed = entries.filter(({ path, entry }) => !isSame(entry, findEntry(grown.folders, path)))
    if (changed.length === 0) continue
    const names = changed.map(({ path }) => path)
    const body = 'What was not committed when the run started.'
    const trailers = { 'Lr-Run': run, [ORIGINALS]: String(names.length) }
    const message = returnMessage(subjectOf(`lr: ${what}`, names), body, trailers)
    grown = await addCommit(grown, engine, changed, identity, message)
  }
  return grown
}
