import { plural, visibleText } from '@loop-runner/cli-kit'
import { diffCommits, type Engine, type Hash } from '@loop-runner/git-engine'
import type { Receipt } from '@loop-runner/run-report/receipt'
import { readCommits, type RunCommit } from '../run/run-history.ts'
import type { Finding } from './finding.ts'

interface Range {
  readonly since: string
  readonly target: Hash
  /** Paths from the root that any commit may change, such as that of the receipt. */
  readonly own: readonly string[]
}

/** Whether each commit behind `since` is one of a run, and each one of a reply is explained. */
export async function verifyCommits(
  { fixes }: Receipt,
  { since, target, own }: Range,
  engine: Engine,
): Promise<Finding> {
  const end = await engine.resolveCommit(since)
  if (end === undefined) return { part: 'commits', says: '', problem: `${since}: no such commit` }
  const commits = await readCommits(engine, target, end)
  const explained = new Set(commits.flatMap(({ trailers }) => trailers.get('Lr-Explains') ?? []))
  const problems: string[] = []
  for (const commit of commits) {
    const isExplained = fixes === null || !commit.trailers.has('Lr-Files') || explained.has(commit.hash)
    if (!isExplained) problems.push(`${nameOf(commit)}: no entry explains it`)
    const isOurs = commit.trailers.size > 0 || (await changesOnly(own, commit, engine))
    if (!isOurs) problems.push(`${nameOf(commit)}: not made by a run`)
  }
  const how = fixes === null ? 'of a run' : `of a run and explained in ${fixes}`
  return {
    part: 'commits',
    says: `${plural(commits.length, 'commit')} since ${since}, ${how}`,
    problem: problems.length === 0 ? undefined : problems.join('; '),
  }
}

async function changesOnly(paths: readonly string[], { hash, parents }: RunCommit, engine: Engine): Promise<boolean> {
  const changed = await diffCommits(engine, parents[0], hash)
  return changed.every(({ path }) => paths.includes(path))
}

function nameOf({ hash, message }: RunCommit): string {
  return `${hash.slice(0, 12)} (${visibleText(message.split('\n')[0] ?? '')})`
}
