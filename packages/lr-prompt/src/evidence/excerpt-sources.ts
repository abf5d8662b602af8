import type { Run, SourceFile } from './evidence.ts'
import { placesIn } from './places.ts'
import { leftOut, wellFormed } from './shorten.ts'

/** A longer line is not part of a source that people read; the file itself has it. */
const LONGEST_LINE = 300

/**
 * The lines of the sources that a run names in its findings or else in its output, numbered, with `around` lines on
 * either side; the named ones are marked with `>`. A place of which the output shows all lines is left out.
 */
export function excerptSources(run: Run, files: readonly SourceFile[], around: number): string {
  const output = `${run.stdout}\n${run.stderr}`
  const said = run.findings === '' ? output : run.findings
  const places = placesIn(said, files)
  const printed = output.split('\n')
  const shown = new Set(printed.map((line) => definitionOf(line) ?? line.replace(/^>/, '').trim()))
  const framed = new Set(printed.flatMap((line) => frameLine(line) ?? []))
  return [...places]
    .map(([file, lines]) => excerpt(file, unshown(file, lines, { around, shown, framed }), around))
    .join('')
}

interface Shown {
  readonly around: number
  readonly shown: ReadonlySet<string>
  /** Numbered lines of the output, as `frameKey` writes them. */
  readonly framed: ReadonlySet<string>
}

/** A line of a frame of code that a runner prints around the place: `> 4 | add()`, `4: add()`. */
function frameLine(line: string): string | undefined {
  const [, number, text = ''] = /^[\s>]*(\d+)\s*[|:]\s?(.*)$/.exec(line) ?? []
  return number === undefined ? undefined : frameKey(Number(number), text)
}

function frameKey(number: number, text: string): string {
  return `${number} ${text.trim()}`
}

/** The head of the function that a record of pytest names: `___ Class.test_add[1-2] ___` for `def test_add`. */
function definitionOf(line: string): string | undefined {
  const name = /^_{3,} (?:[\w.]*\.)?(\w+)(?:\[.*)?(?: _+)?$/.exec(line)?.[1]
  return name && `def ${name}`
}

function unshown(file: SourceFile, named: ReadonlySet<number>, { around, shown, framed }: Shown): ReadonlySet<number> {
  const lines = file.content.split('\n').map((line) => line.trim())
  const isShown = (line: string) => line === '' || shown.has(line) || shown.has(line.replace(/^async |\(.*$/g, ''))
  const isFramed = (number: number) => framed.has(frameKey(number, lines[number - 1] ?? ''))
  const isKept = (number: number) => !isFramed(number) && !ofInterest(lines, number, around).every(isShown)
  return new Set([...named].filter(isKept))
}

const DEFINITION = /^(?:async )?def /

/** The lines around one, within its function: decorators above it and the function below say little of a line in it. */
function ofInterest(lines: readonly string[], number: number, around: number): readonly string[] {
  const before = lines.slice(Math.max(0, number - 1 - around), number - 1)
  const after = lines.slice(number, number + around)
  const next = after.findIndex((line) => line.startsWith('@') || DEFINITION.test(line))
  const inside = next < 0 ? after : after.slice(0, next)
  return [
    ...before.slice(
      Math.max(
        0,
        before.findLastIndex((line) => DEFINITION.test(line)),
      ),
    ),
    lines[number - 1] ?? '',
    ...inside,
  ]
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
