import type { Provenance } from './commit-message.ts'
import { NO_CHANGE, readTrailers } from './commit-message.ts'
import { type Engine, type Hash, type Head, parseCommit } from '@loop-runner/git-engine'

/**
 * The commits of a reply that a command which was stopped has made: the last of the branch, of the same run and iteration.
 * None outside of a loop, which alone numbers its replies.
 */
export async function findCommitted(
  engine: Engine,
  head: Head,
  { run, iteration }: Provenance,
): Promise<readonly Hash[]> {
  if (run === undefined || iteration === undefined || head.commit === undefined) return []
  const objects = await engine.readHistory(head.commit, null, 2)
  const commits = objects
    .map(({ hash, bytes }) => ({ hash, trailers: readTrailers(parseCommit(bytes).message) }))
    .filter(({ trailers }) => trailers.get('Lr-Run') === run && trailers.get('Lr-Iteration') === iteration)
  const fix = commits.find(({ trailers }) => trailers.has('Lr-Files'))
  const fixes = commits.find(({ trailers }) => fix && trailers.get('Lr-Explains') === fix.hash)
  const explanation = commits.find(({ trailers }) => trailers.get('Lr-Explains') === NO_CHANGE)
  return [fix, fixes, explanation].flatMap((commit) => (commit ? [commit.hash] : []))
}
