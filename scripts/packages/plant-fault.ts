import { readFileSync, writeFileSync } from 'node:fs'

/** Small faults of the usual kinds. */
const FAULTS: readonly (readonly [pattern: RegExp, wrong: string, of?: RegExp])[] = [
  [/===/g, '!=='],
  [/ == /g, ' != '],
  [/ < /g, ' >= '],
  [/ \+ /g, ' - '],
  [/\btrue\b/g, 'false'],
  [/\bTrue\b/g, 'False'],
  [/\breturn (?=\w)/g, 'return !', /\.js$/],
  [/\breturn (?=\w)/g, 'return not ', /\.py$/],
  [/ && /g, ' || '],
  [/ and /g, ' or '],
]

/** With more places the tests would run too often. */
const MOST_TRIES = 12

/**
 * Plants the first fault that the tests notice.
 *
 * @returns the source as it was, and the fault; undefined if the tests notice none
 */
export async function plantFault(
  file: string,
  passes: () => Promise<boolean>,
): Promise<{ readonly right: string; readonly what: string } | undefined> {
  const right = readFileSync(file, 'utf8')
  const places = FAULTS.filter(([, , of]) => of?.test(file) ?? true).flatMap(([pattern, wrong]) =>
    [...right.matchAll(pattern)].slice(0, 3).map((match) => ({ match, wrong })),
  )
  for (const { match, wrong } of places.slice(0, MOST_TRIES)) {
    const [before] = match
    writeFileSync(file, `${right.slice(0, match.index)}${wrong}${right.slice(match.index + before.length)}`)
    if (!(await passes())) return { right, what: `${before.trim()} for ${wrong.trim()}` }
  }
  writeFileSync(file, right)
  return undefined
}
