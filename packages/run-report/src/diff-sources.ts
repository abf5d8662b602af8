import { structuredPatch } from 'diff'

export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
  /** Line numbers from 1; undefined on the side that does not have the line. */
  readonly before: number | undefined
  readonly after: number | undefined
}

/** How a file changed. */
export interface FileDiff {
  readonly path: string
  readonly kind: 'changed' | 'new' | 'deleted'
  readonly added: number
  readonly removed: number
  /** Hunks with three lines of context; none if the file is too different to be compared. */
  readonly hunks: readonly (readonly DiffLine[])[]
}

/** Longer edit scripts are not searched for: the comparison takes time in proportion to length × edits. */
export const MAX_EDITS = 1000

/** The files that differ between the sources of two checks, in the order of their paths. */
export function diffSources(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): FileDiff[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].toSorted()
  return paths
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => diffFile(path, before.get(path), after.get(path)))
}

function diffFile(path: string, before: string | undefined, after: string | undefined): FileDiff {
  const patch = structuredPatch(path, path, before ?? '', after ?? '', '', '', { context: 3, maxEditLength: MAX_EDITS })
  const hunks = (patch?.hunks ?? []).map(({ oldStart, newStart, lines }) => numberLines(lines, oldStart, newStart))
  const count = (kind: DiffLine['kind']) => hunks.flat().filter((line) => line.kind === kind).length
  return {
    path,
    kind: before === undefined ? 'new' : after === undefined ? 'deleted' : 'changed',
    added: count('added'),
    removed: count('removed'),
    hunks,
  }
}

const KINDS: Readonly<Record<string, DiffLine['kind']>> = { '-': 'removed', '+': 'added' }

function numberLines(lines: readonly string[], oldStart: number, newStart: number): DiffLine[] {
  let [before, after] = [oldStart, newStart]
  return lines.flatMap((line) => {
    // "\ No newline at end of file"
    if (line.startsWith('\\')) return []
    const kind = KINDS[line.charAt(0)] ?? 'same'
    return {
      kind,
      text: line.slice(1),
      before: kind === 'added' ? undefined : before++,
      after: kind === 'removed' ? undefined : after++,
    }
  })
}
