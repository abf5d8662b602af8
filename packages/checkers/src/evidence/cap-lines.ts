import { isImportant } from './important-lines.ts'

/** The characters that one stream of a run may take in the evidence: about 5,000 tokens. */
const MOST_CHARACTERS = 20_000
const HEAD_SHARE = 0.4
const TAIL_SHARE = 0.3
/**
 * Lines within a size: the first, the last, and from between them those that look important, with a mark wherever
 * something is left out.
 */
export function capLines(lines: readonly string[], most = MOST_CHARACTERS): string[] {
  if (sizeOf(lines) <= most) return [...lines]
  const kept = new Set<number>()
  const room = { characters: most * HEAD_SHARE }
  takeLines(lines.keys(), lines, kept, room)
  room.characters = most * TAIL_SHARE
  takeLines([...lines.keys()].reverse(), lines, kept, room)
  room.characters = most * (1 - HEAD_SHARE - TAIL_SHARE)
  const important = [...lines.keys()].filter((index) => !kept.has(index) && isImportant(lines[index] ?? ''))
  takeLines(important, lines, kept, room)
  return withMarks(lines, kept)
}

function sizeOf(lines: readonly string[]): number {
  return lines.reduce((size, line) => size + line.length + 1, 0)
}

/** Takes lines in the given order until the room is used up. */
function takeLines(
  order: Iterable<number>,
  lines: readonly string[],
  kept: Set<number>,
  room: { characters: number },
): void {
  for (const index of order) {
    room.characters -= (lines[index]?.length ?? 0) + 1
    if (room.characters < 0) return
    kept.add(index)
  }
}

function withMarks(lines: readonly string[], kept: ReadonlySet<number>): string[] {
  const result: string[] = []
  let omitted: string[] = []
  const mark = () => {
    const text = omittedMark(omitted.length)
    // A mark that is no shorter than what it stands for is of no use.
    if (sizeOf(omitted) > text.length + 1) result.push(text)
    else result.push(...omitted)
    omitted = []
  }
  for (const [index, line] of lines.entries()) {
    if (!kept.has(index)) {
      omitted.push(line)
      continue
    }
    mark()
    result.push(line)
  }
  mark()
  return result
}

/** Stands for lines that are left out. */
export function omittedMark(lines: number, bytes?: number): string {
  const size = bytes === undefined ? '' : `, ${bytes} bytes,`
  return `[… ${lines} ${lines === 1 ? 'line' : 'lines'}${size} left out …]`
}
