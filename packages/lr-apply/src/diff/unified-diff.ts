import { NO_NEWLINE_MARKER, spellName } from '@loop-runner/block-format'
import type { Change } from '@loop-runner/file-transaction'
import { diffLines, type LineRun } from '@loop-runner/reply-format'

/** Lines of a file that stand around a change. */
const CONTEXT = 3

/**
 * The changes as `git apply` takes them, wherever in the working tree it runs.
 *
 * @param folder the one that the changes' paths are relative to, from the top of the working tree: `sub/`; empty at the top
 */
export function writeDiff(changes: readonly Change[], folder: string): string {
  return changes.map((change) => fileDiff({ ...change, path: folder + change.path })).join('')
}

function fileDiff({ path, old, next }: Change): string {
  const [left, right] = [spellSide(`a/${path}`), spellSide(`b/${path}`)]
  const mode = (given: number | undefined) => ((given ?? 0) & 0o111 ? '100755' : '100644')
  const kind = old ? (next ? '' : `deleted file mode ${mode(old.mode)}\n`) : `new file mode ${mode(next?.mode)}\n`
  const head = `diff --git ${left.quoted} ${right.quoted}\n${kind}`
  const hunks = writeHunks(splitKeepingEnds(textOf(old)), splitKeepingEnds(textOf(next)))
  if (hunks === '') return head
  return `${head}--- ${old ? left.named : '/dev/null'}\n+++ ${next ? right.named : '/dev/null'}\n${hunks}`
}

/** As git spells names: a tab ends one that holds a blank, where nothing else would. */
function spellSide(path: string): { quoted: string; named: string } {
  const quoted = spellName(path)
  return { quoted, named: quoted === path && path.includes(' ') ? `${path}\t` : quoted }
}

function textOf(version: { bytes: Buffer } | undefined): string {
  return version?.bytes.toString('utf8') ?? ''
}

function splitKeepingEnds(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

function writeHunks(left: readonly string[], right: readonly string[]): string {
  return groupRuns(diffLines(left, right))
    .map((runs) => writeHunk(runs, left, right))
    .join('')
}

/** Runs that are so near to each other that their contexts touch make one hunk. */
function groupRuns(runs: readonly LineRun[]): LineRun[][] {
  const groups: LineRun[][] = []
  for (const run of runs) {
    const last = groups.at(-1)?.at(-1)
    if (last && run.left - (last.left + last.removed) <= 2 * CONTEXT) groups.at(-1)?.push(run)
    else groups.push([run])
  }
  return groups
}

function writeHunk(runs: readonly LineRun[], left: readonly string[], right: readonly string[]): string {
  const [first, last] = [runs[0], runs.at(-1)]
  if (!first || !last) return ''
  const from = Math.max(0, first.left - CONTEXT)
  const to = Math.min(left.length, last.left + last.removed + CONTEXT)
  const rightFrom = first.right - (first.left - from)
  const rightTo = last.right + last.added + (to - last.left - last.removed)
  const lines: string[] = []
  let at = from
  for (const run of runs) {
    lines.push(...left.slice(at, run.left).map((line) => ` ${line}`))
    lines.push(...left.slice(run.left, run.left + run.removed).map((line) => `-${line}`))
    lines.push(...right.slice(run.right, run.right + run.added).map((line) => `+${line}`))
    at = run.left + run.removed
  }
  lines.push(...left.slice(at, to).map((line) => ` ${line}`))
  const head = `@@ -${range(from, to - from)} +${range(rightFrom, rightTo - rightFrom)} @@\n`
  return head + lines.map((line) => (line.endsWith('\n') ? line : `${line}\n${NO_NEWLINE_MARKER}\n`)).join('')
}

/** Where lines begin, counted from 1, and how many there are; of none, the line before. */
function range(from: number, count: number): string {
  return `${count === 0 ? from : from + 1},${count}`
}
