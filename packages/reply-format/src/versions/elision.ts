import { diffLines } from '../diff-lines.ts'
import { type Draft, oldHolds, quoteLine, type Remark } from './draft.ts'
import { isProse, suffixOf } from '../file-kind.ts'
import { type Placeholder, readPlaceholder } from './placeholder.ts'
import { lineAt } from '../text-lines.ts'

interface Candidate {
  readonly index: number
  readonly kind: Placeholder
}

/**
 * Finds a placeholder for lines that the file would lose (D52, D53). A comment is one only if it takes the place of old
 * lines: among the lines of a complete version it may say anything.
 */
export function findElision(draft: Draft): Remark | undefined {
  const candidates = candidatesIn(draft)
  const [first] = candidates
  if (!first) return undefined
  if (!draft.oldLines) {
    const elided = candidates.find(({ kind }) => kind !== 'weak')
    return elided && refuse(draft, elided)
  }
  const elided = findReplacing(candidates, draft.lines, draft.oldLines)
  return elided && refuse(draft, elided)
}

function candidatesIn(draft: Draft): Candidate[] {
  const inProse = isProse(draft.path)
  const candidates: Candidate[] = []
  let before = ''
  for (const [index, line] of draft.lines.entries()) {
    const kind = readPlaceholder(line, inProse && suffixOf(draft.path) !== 'tex')
    if (kind && !oldHolds(draft, line)) {
      const isMeant = kind === 'dots' && areMeant(draft.path, before)
      if (!isMeant) candidates.push({ index, kind })
      else if (!inProse && draft.oldLines) candidates.push({ index, kind: 'weak' })
    }
    if (line.trim() !== '') before = line
  }
  return candidates
}

/**
 * Whether dots on a line of their own are code or prose: the body of a Python stub, the end of a YAML document, a pause.
 *
 * @param before the line before, except blank ones
 */
function areMeant(path: string, before: string): boolean {
  const suffix = suffixOf(path)
  if (isProse(path) || ['yaml', 'yml', 'pyi'].includes(suffix)) return true
  return suffix === 'py' && before.trimEnd().endsWith(':')
}

/** The first candidate in a gap between kept lines in which old lines are lost. */
function findReplacing(
  candidates: readonly Candidate[],
  lines: readonly string[],
  oldLines: readonly string[],
): Candidate | undefined {
  const isCandidate = new Set(candidates.map(({ index }) => index))
  let next = 0
  for (const gap of gapsBetween(lines, oldLines)) {
    const inGap: Candidate[] = []
    for (; (candidates[next]?.index ?? Infinity) < gap.to; next++) inGap.push(...candidates.slice(next, next + 1))
    if (inGap.length === 0) continue
    const fresh = lines.slice(gap.from, gap.to).filter((_, index) => !isCandidate.has(gap.from + index))
    const old = oldLines.slice(gap.oldFrom, gap.oldTo)
    const [lost, added] = [countMissing(old, fresh), countMissing(fresh, old)]
    const isElided = ({ kind }: Candidate) => (kind === 'weak' ? lost >= 2 && 4 * added < lost : lost >= 1)
    const elided = inGap.find(isElided)
    if (elided) return elided
  }
  return undefined
}

interface Gap {
  readonly from: number
  readonly to: number
  readonly oldFrom: number
  readonly oldTo: number
}

/** The places between lines that both versions have. A brace or a blank line is too common to tell a place. */
function gapsBetween(lines: readonly string[], oldLines: readonly string[]): Gap[] {
  const gaps: Gap[] = []
  let [at, oldAt, from, oldFrom] = [0, 0, 0, 0]
  const keepUntil = (end: number) => {
    for (; oldAt < end; at++, oldAt++) {
      if (isTrivial(lineAt(lines, at))) continue
      if (at > from || oldAt > oldFrom) gaps.push({ from, to: at, oldFrom, oldTo: oldAt })
      ;[from, oldFrom] = [at + 1, oldAt + 1]
    }
  }
  for (const run of diffLines(oldLines, lines)) {
    keepUntil(run.left)
    at += run.added
    oldAt += run.removed
  }
  keepUntil(oldLines.length)
  return [...gaps, { from, to: lines.length, oldFrom, oldTo: oldLines.length }]
}

function isTrivial(line: string): boolean {
  return line.trim().length <= 2 || /^\s*(?:\W+|end|else:?|pass|try:?|return;?|fi|done)\s*$/.test(line)
}

/** How many lines of a list are not in the other one. */
function countMissing(lines: readonly string[], others: readonly string[]): number {
  const there = new Set(others.map((line) => line.trim()))
  return lines.filter((line) => line.trim() !== '' && !there.has(line.trim())).length
}

function refuse({ lines }: Draft, { index, kind }: Candidate): Remark {
  const line = lineAt(lines, index)
  const message = `line ${index + 1} stands for lines that are omitted: ${quoteLine(line)} (send the whole file)`
  return { code: kind === 'dots' || /^\s*(?:\.{3,}|…)\s*$/.test(line) ? 'dots' : 'elided', message }
}
