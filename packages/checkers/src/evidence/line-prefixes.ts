/** What programs that start others put in front of each line that these print. */
const PREFIXES: readonly RegExp[] = [
  // docker compose: `app-1  | `
  /^[\w.-]+ *\|(?: |$)/,
  // turbo: `web:test: `
  /^@?[\w./-]+:[A-Za-z][\w:.-]*:(?: |$)/,
  // concurrently, npm-run-all: `[0] `, `[web:test] `
  /^\[(?:\d+|(?!(?:error|info|warn|warning|debug|trace|ok|pass|passed|fail|failed|skip|gw\d+)\])[a-z@][\w@/:.-]*)\](?: |$)/,
  // pnpm -r: `packages/web test: `
  /^(?:\.|[\w.@-]*(?:\/[\w.@-]+)+) [A-Za-z][\w:.-]*:(?: |$)/,
]
/** A log: `2026-11-30T10:00:00.123Z `. */
const TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?(?: |$)/
/** So many lines show that the prefix is one. */
const FEWEST_LINES = 5
const SHARE = 0.9
/** A program starts few others, and its prefixes repeat; places and names of tests differ. */
const MOST_DIFFERENT = 8

/** An output without what is in front of nearly all of its lines: the names of services and packages, and times. */
export function dropPrefixes(lines: readonly string[]): readonly string[] {
  const fewest = Math.max(FEWEST_LINES, lines.filter((line) => line.trim() !== '').length * SHARE)
  const prefix = [TIME, ...PREFIXES].find((each) => {
    const found = lines.flatMap((line) => each.exec(line)?.[0].trimEnd() ?? [])
    return found.length >= fewest && (each === TIME || isFew(found))
  })
  return prefix === undefined ? lines : lines.map((line) => line.replace(prefix, ''))
}

function isFew(prefixes: readonly string[]): boolean {
  return new Set(prefixes).size <= Math.min(MOST_DIFFERENT, prefixes.length / 2)
}
