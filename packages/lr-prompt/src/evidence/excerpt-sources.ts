import { pathOfName } from '@loop-runner/block-format'
import type { Run, SourceFile } from './evidence.ts'
import { leftOut, wellFormed } from './shorten.ts'

/** What stands behind a path: `src/a.py:12`, `src/a.ts(12,5)`, `File "src/a.py", line 12`. */
const LINE_NUMBER = /(?:"?, line |[:(])(\d{1,7})/g
const NO_PATH_CHARACTER = /[\s"'`()<>|:,]/

/** A path that is longer is not looked for: it would cost time on output that is one long word. */
const LONGEST_PATH = 300

/** Past this many places a list of them helps nobody. */
const MOST_PLACES = 20

/** A longer line is no line of a source that somebody reads; the file itself has it. */
const LONGEST_LINE = 300

/**
 * The lines of the sources that a run names in its findings or else in its output, numbered, with `around` lines on
 * either side; the named ones are marked with `>`. A place of which the output shows all lines is left out.
 */
export function excerptSources(run: Run, files: readonly SourceFile[], around: number): string {
  const output = `${run.stdout}\n${run.stderr}`
  const said = run.findings === '' ? output : run.findings
  const places = placesIn(said, new Map(files.map((file) => [file.path, file])))
  const shown = new Set(output.split('\n').map((line) => line.replace(/^>/, '').trim()))
  return [...places].map(([file, lines]) => excerpt(file, unshown(file, lines, { around, shown }), around)).join('')
}

interface Shown {
  readonly around: number
  readonly shown: ReadonlySet<string>
}

function unshown(file: SourceFile, named: ReadonlySet<number>, { around, shown }: Shown): ReadonlySet<number> {
  const lines = file.content.split('\n').map((line) => line.trim())
  const isShown = (line: string) => line === '' || shown.has(line)
  const isKept = (number: number) => !lines.slice(Math.max(0, number - 1 - around), number + around).every(isShown)
  return new Set([...named].filter(isKept))
}

function placesIn(said: string, files: ReadonlyMap<string, SourceFile>): ReadonlyMap<SourceFile, ReadonlySet<number>> {
  const places = new Map<SourceFile, Set<number>>()
  let count = 0
  for (const { index, 1: line } of said.matchAll(LINE_NUMBER)) {
    const file = files.get(pathOfName(pathBefore(said, index)))
    if (!file || count === MOST_PLACES) continue
    const lines = places.get(file) ?? new Set()
    if (!lines.has(Number(line))) count++
    places.set(file, lines.add(Number(line)))
  }
  return places
}

function pathBefore(text: string, end: number): string {
  let start = end
  while (start > 0 && end - start < LONGEST_PATH && !NO_PATH_CHARACTER.test(text[start - 1] ?? ' ')) start--
  return text.slice(start, end)
}

function excerpt(file: SourceFile, named: ReadonlySet<number>, around: number): string {
  const lines = file.content.replace(/\n$/, '').split('\n')
  const numbers = [...lines.keys()].map((index) => index + 1)
  const near = numbers.filter((number) => [...named].some((one) => Math.abs(one - number) <= around))
  const width = String(near.at(-1) ?? 0).length
  const rows = near.map((number, index) => {
    const gap = index > 0 && near[index - 1] !== number - 1 ? '…\n' : ''
    return `${gap}${named.has(number) ? '>' : ' '} ${String(number).padStart(width)} | ${shortenLine(lines[number - 1] ?? '')}\n`
  })
  return rows.length === 0 ? '' : `${file.path}\n${rows.join('')}`
}

function shortenLine(line: string): string {
  if (line.length <= LONGEST_LINE) return line
  const start = wellFormed(line.slice(0, LONGEST_LINE))
  return start + leftOut(line.length - start.length, 'characters')
}
