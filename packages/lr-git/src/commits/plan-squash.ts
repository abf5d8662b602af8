import type { Io } from '@loop-runner/cli-kit'
import { explanationIn, fixesMessage, joinParagraphs, returnMessage } from './commit-message.ts'
import { subjectOf } from './commit-subject.ts'
import { withoutFixes } from './commit-returns.ts'
import {
  diffCommits,
  type Difference,
  type Engine,
  type Hash,
  type NamedObject,
  nameObject,
  planFiles,
  refuseStagedMoves,
} from '@loop-runner/git-engine'
import { identityOf } from './identity-of.ts'
import { addCommit, beginDraft, type Draft } from './plan-commit.ts'
import { findFixes } from '../run/fixes-path.ts'
import { LONGEST, type Run, standingFixes } from '../run/run-history.ts'
import { nameOfRun } from '../run/run-record.ts'

/**
 * The run as one commit on what it started from, then FIXES.md, in whose entries that commit stands for those of the
 * run: they are on the run's branch only.
 *
 * @throws CommandError (3) where the user has changed FIXES.md
 */
export async function planSquash(
  engine: Engine,
  run: Run,
  io: Io,
): Promise<Pick<Draft, 'commits' | 'objects' | 'index' | 'files'>> {
  const { head, record } = run
  const base = record.commit ?? undefined
  const identity = identityOf(engine, io)
  const all = await diffCommits(engine, base, head.commit)
  const changes = withoutFixes(engine, run, all)
  const fixes = all.filter(({ path, to }) => path === findFixes(engine, record) && to)
  const { draft } = await beginDraft(
    engine,
    { ref: undefined, commit: base },
    all.map(({ path }) => path),
    undefined,
  )
  const provenance = { run: nameOfRun(io.env, record.branch), iteration: undefined }
  const names = changes.map(({ path }) => path)
  const message = returnMessage(squashSubject(run, names), squashBody(run), {
    'Lr-Files': String(names.length),
    'Lr-Run': provenance.run,
    'Lr-Squashes': head.commit,
  })
  const one = await addCommit(draft, engine, changes.map(toChange), identity, message)
  if (fixes.length === 0) return one
  const texts = await readTexts(engine, fixes)
  const gone = await readSquashed(engine, run)
  const blobs = texts.map((text) => renameCommits(text, gone, one.tip, engine))
  const moves = fixes.map((fix, at): Difference => ({ path: fix.path, from: fix.to, to: toEntry(fix, blobs[at]) }))
  await refuseStagedMoves(engine, moves)
  // A checkout of the new text is asked of the engine, so it has to be stored before.
  await engine.writeObjects(blobs)
  const files = await planFiles(engine, moves)
  const whole = await addCommit(one, engine, moves.map(toChange), identity, fixesMessage(one.tip, provenance))
  return { commits: whole.commits, objects: whole.objects, index: moves.map(toChange), files }
}

/** The subject of the only reply, else the files that the run changed. */
function squashSubject({ history }: Run, names: readonly string[]): string {
  const [only, ...others] = standingFixes(history)
  if (names.length === 0) return 'lr: nothing is changed in the end'
  return only && others.length === 0 ? (only.message.split('\n')[0] ?? '') : subjectOf('lr: ', names)
}

/** The explanations of the replies that stand, the first one first. */
function squashBody({ history, record }: Run): string {
  const replies = standingFixes(history).toReversed()
  const items = replies.map(({ message }) => `- ${explanationIn(message).replaceAll(/\n(?=.)/g, '\n  ')}`)
  return joinParagraphs([`The commits of ${record.branch}, as one.`, ...items]).trimEnd()
}

function toChange({ path, to }: Difference) {
  return { path, entry: to }
}

function toEntry({ to }: Difference, blob: NamedObject | undefined) {
  return to && blob && { mode: to.mode, hash: blob.hash }
}

async function readTexts(engine: Engine, fixes: readonly Difference[]): Promise<readonly Buffer[]> {
  const objects = await engine.readObjects(fixes.flatMap(({ to }) => (to ? [to.hash] : [])))
  return objects.map(({ bytes }) => bytes)
}

/** The commits that will not be on the branch: the run's own, and that of what was not committed when it started. */
async function readSquashed(engine: Engine, { head, record }: Run): Promise<readonly Hash[]> {
  const commits = head.commit === undefined ? [] : await engine.readHistory(head.commit, record.commit, LONGEST)
  return commits.map(({ hash }) => hash)
}

/** What stood in the file before the run names none of the hashes that are replaced. */
function renameCommits(text: Buffer, gone: readonly Hash[], commit: Hash, { format }: Engine): NamedObject {
  const replaced = gone.reduce((rest, hash) => rest.replaceAll(hash, commit), text.toString('latin1'))
  return nameObject({ type: 'blob', bytes: Buffer.from(replaced, 'latin1') }, format)
}
