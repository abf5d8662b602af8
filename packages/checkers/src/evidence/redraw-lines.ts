/** Up and down by lines, and the end of a line. */
const MOVE = /\x1b\[(\d*)([ABEF])|\n/g
/** A terminal's screen is not higher; what has left it at the top stays. */
const SCREEN_LINES = 100
const ESCAPE_SEQUENCE = /\x1b\[[0-?]*[ -/]*[@-~]/g

/** Of lines that a program writes over its own earlier lines, as a progress display does, the last state. */
export function redrawLines(text: string): string {
  if (!/\x1b\[\d*[AF]/.test(text)) return text
  const lines: string[] = ['']
  let row = 0
  let isFresh = true
  let from = 0
  const write = (part: string) => {
    if (part.replace(ESCAPE_SEQUENCE, '').trim() === '' && isFresh && lines[row]) return
    lines[row] = isFresh ? part : `${lines[row] ?? ''}${part}`
    isFresh = false
  }
  for (const { 0: move, 1: count = '', 2: way, index } of text.matchAll(MOVE)) {
    if (index > from) write(text.slice(from, index))
    from = index + move.length
    row = nextRow(row, way, Number(count || 1), lines.length)
    lines[row] ??= ''
    isFresh = true
  }
  if (from < text.length) write(text.slice(from))
  return lines.join('\n')
}

function nextRow(row: number, way: string | undefined, count: number, height: number): number {
  if (way === undefined) return row + 1
  const lowest = Math.max(0, height - SCREEN_LINES)
  return way === 'A' || way === 'F' ? Math.max(lowest, row - count) : Math.min(height - 1, row + count)
}
