import type { Report } from '@loop-runner/run-report'

/** Characters of all prompts and replies on a page; with more it would not open at once. */
const MAX_CHARACTERS = 1_000_000

/** How many characters of each prompt and reply a page shows: the longest are cut, so that all together are not too many. */
export function textLimit({ rounds, attempts }: Pick<Report, 'rounds' | 'attempts'>): number {
  const all = [...rounds, ...attempts.flatMap((attempt) => attempt.rounds)]
  const lengths = all.flatMap(({ reply }) => (reply ? [reply.prompt.length, reply.text.length] : []))
  let [room, left] = [MAX_CHARACTERS, lengths.length]
  // Shorter ones leave their room to the others.
  for (const length of lengths.toSorted((a, b) => a - b)) {
    const share = Math.floor(room / left)
    if (length > share) return share
    room -= length
    left--
  }
  return MAX_CHARACTERS
}
