/** Of the lines of a file: a text that has so many of them is a version of the whole of it, wherever it begins. */
const MOST_LINES = 0.8
/** The same for a text that begins and ends like the file. */
const ENOUGH_LINES = 0.5
/** Shorter files are like too many others. */
const LEAST_LINES = 3

/** Whether a text is a version of a whole file, and not a part of it or something else, as far as its lines tell. */
export function resemblesWhole(text: string, old: string): boolean {
  const [lines, oldLines] = [linesIn(text), linesIn(old)]
  if (oldLines.length < LEAST_LINES) return false
  const isThere = new Set(lines)
  const share = oldLines.filter((line) => isThere.has(line)).length / oldLines.length
  const hasBothEnds = lines[0] === oldLines[0] && lines.at(-1) === oldLines.at(-1)
  return share >= (hasBothEnds ? ENOUGH_LINES : MOST_LINES)
}

function linesIn(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
