import type { Checker } from '@loop-runner/checker-table'
import type { Captured } from './capture.ts'
import { capLines, omittedMark } from './cap-lines.ts'
import { collapseRepeats } from './collapse.ts'
import { dropPrefixes } from './line-prefixes.ts'
import { maskText } from './mask.ts'
import { decodeOutput } from './plain-text.ts'
import { dropDependencies } from './drop-dependencies.ts'
import { expandMachineReports } from './reports/machine-reports.ts'
import { readReports } from './reports/read-reports.ts'
import { writeReport } from './reports/write-report.ts'
import { shortenLine } from './shorten-line.ts'

/** A line that is cut through where bytes were left out is only shown when it is longer than this. */
const LONGEST_REST = 4096

/** All that was kept of a stream, as it was printed; a line says what was not kept. */
export function rawText({ head, tail, omittedBytes, omittedLines, importantLines }: Captured): string {
  if (omittedBytes === 0) return decodeOutput(Buffer.concat([head, tail]))
  const lastBreak = head.lastIndexOf('\n')
  const firstBreak = tail.indexOf('\n')
  const first = lastBreak < 0 || head.length - lastBreak > LONGEST_REST ? head : head.subarray(0, lastBreak)
  const last = firstBreak > LONGEST_REST ? tail : tail.subarray(firstBreak + 1)
  const mark = omittedMark(omittedLines, omittedBytes + head.length - first.length + tail.length - last.length)
  const important = importantLines.map((line) => `${line.replaceAll('\0', '')}\n`).join('')
  return `${decodeOutput(first)}\n${mark}\n${important}${decodeOutput(last)}`
}

/**
 * The evidence in plain text: the same for the same tree, repetitions collapsed, within a size. Ends in a newline
 * unless it is empty.
 *
 * @param plain without escape sequences
 * @param checker whose data say what of its output changes each time, and what says nothing
 */
export function shapeText(plain: string, cwd: string, checker: Pick<Checker, 'masks' | 'noise'> = {}): string {
  const short = dropPrefixes(expandMachineReports(plain).split('\n')).map((line) => shortenLine(line.trimEnd()))
  const text = leaveOutNoise(short.join('\n'), checker.noise ?? [])
  const lines = dropDependencies(maskText(text, cwd, checker.masks).split('\n'))
  while (lines.at(-1) === '') lines.pop()
  if (lines.length === 0) return ''
  const segments = readReports(lines)
  const shown = segments ? writeReport(segments) : capLines(collapseRepeats(lines))
  return `${shown.join('\n')}\n`
}

function leaveOutNoise(text: string, noise: readonly string[]): string {
  if (noise.length === 0) return text
  const pattern = new RegExp(`(?:${noise.join('|')})+`, 'gm')
  return text.replace(pattern, (match) => {
    const mark = `${omittedMark(match.split('\n').length - 1)}\n`
    return mark.length < match.length ? mark : match
  })
}
