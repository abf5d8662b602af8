/** Lines that are replaced: `removed` of them from index `left` on by `added` from index `right` on. */
export interface LineRun {
  readonly left: number
  readonly removed: number
  readonly right: number
  readonly added: number
}

/** Beyond so many differences the middle of two files is taken as replaced as a whole: finding them is quadratic. */
const MOST_DIFFERENCES = 2000

/** What has to be replaced to turn one list of lines into another: E. Myers' shortest edit script. */
export function diffLines(left: readonly string[], right: readonly string[]): LineRun[] {
  let from = 0
  while (from < left.length && from < right.length && left[from] === right[from]) from++
  let same = 0
  const most = Math.min(left.length, right.length) - from
  while (same < most && left[left.length - 1 - same] === right[right.length - 1 - same]) same++
  const [middleLeft, middleRight] = [left.slice(from, left.length - same), right.slice(from, right.length - same)]
  const runs = diffMiddle(middleLeft, middleRight)
  return runs.map((run) => ({ ...run, left: run.left + from, right: run.right + from }))
}

function diffMiddle(left: readonly string[], right: readonly string[]): LineRun[] {
  const whole = { left: 0, removed: left.length, right: 0, added: right.length }
  if (left.length === 0 && right.length === 0) return []
  if (left.length === 0 || right.length === 0) return [whole]
  const trace = findScript(left, right)
  return trace ? readScript(trace, left.length, right.length) : [whole]
}

/** For each count of differences, how far every diagonal comes; undefined where there are too many. */
function findScript(left: readonly string[], right: readonly string[]): Int32Array[] | undefined {
  const limit = Math.min(left.length + right.length, MOST_DIFFERENCES)
  const reach = new Int32Array(2 * limit + 3)
  const trace: Int32Array[] = []
  for (let count = 0; count <= limit; count++) {
    // Only the diagonals that the next step back looks at are kept.
    trace.push(reach.slice(limit - count, limit + count + 3))
    for (let diagonal = -count; diagonal <= count; diagonal += 2) {
      const at = diagonal + limit + 1
      let x = isInsertion(diagonal, count, reach, limit + 1) ? valueAt(reach, at + 1) : valueAt(reach, at - 1) + 1
      while (x < left.length && left[x] === right[x - diagonal]) x++
      reach[at] = x
      if (x >= left.length && x - diagonal >= right.length) return trace
    }
  }
  return undefined
}

/** Whether a diagonal is best reached from the one above it, by a line of the right. @param zero where diagonal 0 stands */
function isInsertion(diagonal: number, count: number, reach: Int32Array, zero: number): boolean {
  const isLess = valueAt(reach, diagonal - 1 + zero) < valueAt(reach, diagonal + 1 + zero)
  return diagonal === -count || (diagonal !== count && isLess)
}

/** Follows the trace back from the end, and joins single steps that touch. */
function readScript(trace: readonly Int32Array[], leftLength: number, rightLength: number): LineRun[] {
  const runs: LineRun[] = []
  let [x, y] = [leftLength, rightLength]
  for (const [index, reach] of trace.toReversed().slice(0, -1).entries()) {
    const count = trace.length - 1 - index
    const inserts = isInsertion(x - y, count, reach, count + 1)
    const previous = x - y + (inserts ? 1 : -1)
    const fromX = valueAt(reach, previous + count + 1)
    const fromY = fromX - previous
    const step = inserts ? { removed: 0, added: 1 } : { removed: 1, added: 0 }
    const [endX, endY] = [fromX + step.removed, fromY + step.added]
    const next = runs.at(-1)
    const touches = next?.left === endX && next.right === endY
    const { removed, added } = touches ? next : { removed: 0, added: 0 }
    if (touches) runs.pop()
    runs.push({ left: fromX, right: fromY, removed: removed + step.removed, added: added + step.added })
    ;[x, y] = [fromX, fromY]
  }
  return runs.reverse()
}

/** A typed array has a value at each of its indices. */
function valueAt(reach: Int32Array, index: number): number {
  return Number(reach[index])
}
