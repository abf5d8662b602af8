import { type Draft, oldHolds, quoteLine, type Remark } from './draft.ts'
import { isProse, suffixOf } from '../file-kind.ts'
import { lineAt } from '../text-lines.ts'

const HUNK =
  /^@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@|^@@(?: \.{3} @@| @@| (?:class|def|function|func|fn)\b.*)?\s*$|^\*\*\* (?:Begin Patch|(?:Update|Add|Delete) File:)|^diff --git a\/|^\*{15}$/
const NORMAL_COMMAND = /^\d+(?:,\d+)?[acd]\d+(?:,\d+)?$/

/** Refuses a diff in the place of a new version. In prose, where a diff may be shown, only one that begins it counts. */
export function diffInside(draft: Draft): Remark | undefined {
  const { path, lines } = draft
  if (['diff', 'patch', 'rej'].includes(suffixOf(path))) return undefined
  const first = lines.findIndex((line) => line.trim() !== '')
  const isOne = isProse(path)
    ? (at: number) => at === first && (isDiffLine(lines, at) || beginsDiff(lines, at))
    : (at: number) => isDiffLine(lines, at)
  const found = lines.find((line, at) => isOne(at) && !oldHolds(draft, line))
  if (found === undefined) return undefined
  return { code: 'diff-inside', message: `a diff instead of content: ${quoteLine(found)} (send the whole new version)` }
}

function isDiffLine(lines: readonly string[], at: number): boolean {
  return HUNK.test(lineAt(lines, at)) || isNormalDiff(lines, at)
}

/** What `diff` prints without an option: `2c2`, then lines behind `<` and `>`. */
export function isNormalDiff(lines: readonly string[], at: number): boolean {
  return NORMAL_COMMAND.test(lineAt(lines, at)) && /^[<>] /.test(lineAt(lines, at + 1))
}

/** What `diff -c` prints: two names, then a line of 15 asterisks. */
export function isContextDiff(lines: readonly string[], at: number): boolean {
  return /^\*\*\* \S/.test(lineAt(lines, at)) && /^\*{15}$/.test(lineAt(lines, at + 2))
}

/** Whether the names of the two sides are at the beginning. */
function beginsDiff(lines: readonly string[], at: number): boolean {
  const isUnified = /^--- \S/.test(lineAt(lines, at)) && /^\+\+\+ \S/.test(lineAt(lines, at + 1))
  return isUnified || isContextDiff(lines, at)
}
