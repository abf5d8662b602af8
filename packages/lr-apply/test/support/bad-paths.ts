import { readFileSync } from 'node:fs'

/**
 * Names that no reply may write without being told so, one JSON string a line: spellings of `.git`, ways out, names that
 * no file may have, what testing/bad-tree.ts makes of links and special files, and what is protected.
 */
export const BAD_PATHS: readonly string[] = readFileSync(
  new URL('../../fixtures/bad-paths.jsonl', import.meta.url),
  'utf8',
)
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as string)
