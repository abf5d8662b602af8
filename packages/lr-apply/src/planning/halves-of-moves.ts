import type { Finding } from '@loop-runner/reply-format'

/**
 * Refuses the other half of each rename of which one half is refused.
 *
 * @param moves the new paths by the old ones
 */
export function halvesOfMoves(moves: ReadonlyMap<string, string>, rejected: readonly Finding[]): Finding[] {
  const bad = new Set(rejected.map(({ path }) => path))
  const pairs = [...moves].flatMap(([from, to]) => [
    { refused: from, other: to },
    { refused: to, other: from },
  ])
  return pairs
    .filter(({ refused, other }) => bad.has(refused) && !bad.has(other))
    .map(({ other }) => ({
      code: 'held-back',
      path: other,
      message: 'not renamed, because one of the names is refused',
    }))
}
