import { CommandError, ExitStatus, type Io } from '@loop-runner/cli-kit'
import {
  type Difference,
  type Engine,
  findEntry,
  type Hash,
  isSame,
  planFiles,
  refuseStagedMoves,
} from '@loop-runner/git-engine'
import { fixesMessage } from './commit-message.ts'
import { identityOf } from './identity-of.ts'
import { addCommit, addFixesCommit, beginDraft, type Draft } from './plan-commit.ts'
import { moveTarget } from '../run/current-run.ts'
import { findFixes } from '../run/fixes-path.ts'
import { appendVersions, type KeptMove } from '../run/kept-files.ts'
import type { Run } from '../run/run-history.ts'
import { nameOfRun } from '../run/run-record.ts'

/** A commit that brings files back to another version. */
export interface Return {
  readonly moves: readonly Difference[]
  readonly message: string
}

/**
 * Commits returns one on top of the other, then an entry in FIXES.md, and brings the working tree along.
 *
 * @param kept ignored files, which go along
 * @param entry what FIXES.md says of them, given their hashes
 * @returns the commits, the oldest first
 * @throws CommandError (3) for files that the user has changed or staged, or that are no longer as the returns expect
 */
export async function commitReturns(
  engine: Engine,
  run: Run,
  { returns, kept }: { readonly returns: readonly Return[]; readonly kept: readonly KeptMove[] },
  entry: (commits: readonly Hash[]) => string,
  io: Io,
): Promise<readonly Hash[]> {
  const fixes = findFixes(engine, run.record)
  const identity = identityOf(engine, io)
  const paths = returns.flatMap(({ moves }) => moves.map(({ path }) => path))
  const { draft: empty, blob } = await beginDraft(engine, run.head, paths, fixes)
  const entries = fixes === undefined ? [] : [{ path: fixes, from: findEntry(empty.folders, fixes), to: undefined }]
  const moves = joinMoves(returns)
  for (const move of moves) checkMove(empty, move)
  await Promise.all([
    refuseStagedMoves(engine, [...moves, ...entries]),
    engine.checkAttributes(entries.map(({ path }) => path)),
  ])
  const files = await planFiles(engine, moves)

  let draft: Draft = empty
  for (const { moves, message } of returns) {
    for (const move of moves) checkMove(draft, move)
    const changes = moves.map(({ path, to }) => ({ path, entry: to }))
    draft = await addCommit(draft, engine, changes, identity, message)
  }
  const provenance = { run: nameOfRun(io.env, run.record.branch), iteration: io.env['LR_ITERATION'] || undefined }
  const text = fixes && { path: fixes, last: blob, run: provenance.run, entry: entry(draft.commits) }
  const message = fixesMessage(draft.tip, provenance)
  const { tip, ...whole } = text ? await addFixesCommit(draft, engine, text, identity, message) : draft
  if (tip === undefined) return []
  const reason = `lr-git: ${returns[0]?.message.split('\n')[0] ?? ''}`
  const { branch } = run.record
  appendVersions(
    engine,
    branch,
    kept.map(({ version }) => ({ ...version, commit: draft.tip ?? null })),
  )
  const changed = [...files, ...kept.map(({ change }) => change), ...whole.files]
  await moveTarget(engine, run, { ...whole, tip, files: changed, reason }, io)
  return whole.commits
}

/** Without FIXES.md, which only ever grows. */
export function withoutFixes(
  engine: Engine,
  { record }: Run,
  differences: readonly Difference[],
): readonly Difference[] {
  const fixes = findFixes(engine, record)
  return differences.filter(({ path }) => path !== fixes)
}

/** From the first version to the last of each file. */
function joinMoves(returns: readonly Return[]): readonly Difference[] {
  const joined = new Map<string, Difference>()
  for (const { moves } of returns) {
    for (const move of moves) joined.set(move.path, { ...move, from: (joined.get(move.path) ?? move).from })
  }
  return [...joined.values()].filter(({ from, to }) => !isSame(from, to))
}

function checkMove({ folders }: Draft, { path, from }: Difference): void {
  if (isSame(findEntry(folders, path), from)) return
  throw new CommandError(ExitStatus.Failed, `${path}: a later commit has changed it again (revert that one first)`)
}
