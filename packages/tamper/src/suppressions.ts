import { type Suppression, suppressionsOf, TABLE } from '@loop-runner/checker-table'

const C = ['c', 'c++']

/**
 * Suppressions that belong to no checker of the table. An honest fix rarely adds one, so legitimate uses are reported
 * too.
 */
const OTHER_SUPPRESSIONS: readonly Suppression[] = [
  { name: 'os._exit', types: ['python'], pattern: /\bos\._exit\b|\bfrom os import [^\n]{0,80}\b_exit\b/g },
  {
    name: 'macro of assertions replaced',
    types: ['rust'],
    pattern:
      /\bmacro_rules!\s*(?:\$|(?:r#)?(?:debug_)?assert(?:_eq|_ne|_matches)?\b|panic\b|matches\b)|\bas\s+(?:r#)?(?:(?:debug_)?assert(?:_eq|_ne)?|panic|matches)\b/g,
  },
  {
    name: '__eq__ that is always true',
    types: ['python'],
    pattern: /\bdef __eq__\([^)]{0,80}\)[^:\n]{0,40}:\s*return True\b/g,
  },
  {
    name: 'coverage ignored',
    types: ['javascript', 'jsx', 'typescript', 'tsx'],
    pattern: /\b(?:istanbul|c8|v8) ignore\b/g,
  },
  { name: 'coverage ignored', types: C, pattern: /\b(?:LCOV|GCOVR)_EXCL/g },
  { name: 'NDEBUG', types: C, pattern: /#\s*define\s+NDEBUG\b|#\s*(?:undef|define)\s+assert\b/g },
  { name: 'build constraint', types: ['go'], pattern: /^\/\/(?:go:build| \+build)\b/gm },
  {
    name: 'phpstan-ignore',
    types: ['php'],
    pattern: /@phpstan-ignore|@psalm-suppress|\bphpcs:(?:ignore|disable)|@codeCoverageIgnore|@noinspection\b/g,
  },
  { name: 'no critic', types: ['perl'], pattern: /##\s*no critic\b|\bno\s+(?:strict|warnings)\b/g },
  { name: 'rubocop:disable', types: ['ruby'], pattern: /#\s*rubocop:(?:disable|todo)|:nocov:/g },
  { name: 'luacheck: ignore', types: ['lua'], pattern: /--\s*luacheck:\s*(?:ignore|no)/g },
]

const SUPPRESSIONS = [...suppressionsOf(TABLE), ...OTHER_SUPPRESSIONS]

/** The number of each suppression in a text, without those that are absent. */
export function countSuppressions(text: string, type: string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { name, types, pattern } of SUPPRESSIONS) {
    const count = types.includes(type) ? (text.match(pattern)?.length ?? 0) : 0
    if (count > 0) counts[name] = (counts[name] ?? 0) + count
  }
  return counts
}
