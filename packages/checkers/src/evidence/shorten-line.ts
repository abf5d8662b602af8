/** A line longer than this loses its middle. */
const LONGEST_LINE = 1000
const HEAD = 600
const TAIL = 300
/** Repetitions are only looked for in lines longer than this. */
const LONG_LINE = 160
/** A few characters, thirty times and more. */
const RUN = /(.{1,4}?)\1{30,}/gu
const SHOWN_OF_RUN = 12

/** A line in little room: long runs of the same characters are counted, and what is still too long loses its middle. */
export function shortenLine(line: string): string {
  if (line.length <= LONG_LINE) return line
  const counted = line.replace(RUN, countRun)
  if (counted.length <= LONGEST_LINE) return counted
  const head = counted.slice(0, HEAD).replace(/[\uD800-\uDBFF]$/, '')
  const tail = counted.slice(-TAIL).replace(/^[\uDC00-\uDFFF]/, '')
  return `${head}[… ${counted.length - HEAD - TAIL} characters left out …]${tail}`
}

function countRun(run: string, unit: string): string {
  const shown = unit.repeat(Math.max(1, Math.floor(SHOWN_OF_RUN / unit.length)))
  return `${shown}[… ${run.length - shown.length} more …]`
}
