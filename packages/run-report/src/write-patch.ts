import { createTwoFilesPatch } from 'diff'
import { MAX_EDITS } from './diff-sources.ts'

/** The differences between two sets of files, as `git diff` writes them. */
export function writePatch(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string {
  const paths = [...new Set([...before.keys(), ...after.keys()])].toSorted()
  return paths.map((path) => patchFile(path, before.get(path), after.get(path))).join('')
}

function patchFile(path: string, before: string | undefined, after: string | undefined): string {
  if (before === after) return ''
  const [left, right] = [quotePath(`a/${path}`), quotePath(`b/${path}`)]
  const mode = before === undefined ? 'new file mode 100644\n' : after === undefined ? 'deleted file mode 100644\n' : ''
  const head = `diff --git ${left} ${right}\n${mode}`
  const hunks = writeHunks(before ?? '', after ?? '')
  // An empty file has no hunks.
  if (hunks === '') return head
  return `${head}--- ${before === undefined ? '/dev/null' : left}\n+++ ${after === undefined ? '/dev/null' : right}\n${hunks}`
}

function writeHunks(before: string, after: string): string {
  const patch = createTwoFilesPatch('', '', before, after, undefined, undefined, {
    context: 3,
    maxEditLength: MAX_EDITS,
  })
  if (patch !== undefined) return patch.includes('@@') ? patch.slice(patch.indexOf('@@')) : ''
  // Too different to be compared line by line: all of the old lines, then all of the new ones.
  const [removed, added] = [linesOf(before), linesOf(after)]
  const range = (count: number) => `${count === 0 ? 0 : 1},${count}`
  return `@@ -${range(removed.length)} +${range(added.length)} @@\n${writeLines('-', removed)}${writeLines('+', added)}`
}

/** Each with its newline, if it has one. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

function writeLines(sign: '-' | '+', lines: readonly string[]): string {
  return lines
    .map((line) => (line.endsWith('\n') ? sign + line : `${sign}${line}\n\\ No newline at end of file\n`))
    .join('')
}

/** Git quotes names with control characters, quotes and backslashes. */
function quotePath(path: string): string {
  if (!/[\0-\x1f"\\\x7f]/.test(path)) return path
  const escaped = path.replaceAll(/[\0-\x1f"\\\x7f]/g, (char) =>
    /["\\]/.test(char) ? `\\${char}` : `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`,
  )
  return `"${escaped}"`
}
