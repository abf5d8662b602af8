import type { Hash } from '@loop-runner/git-engine'
import { cleanLine } from './commit-subject.ts'
import { explanationText } from './explanation-text.ts'
import type { Provenance } from './commit-message.ts'
import type { Report } from './report.ts'
import { LINE_LENGTH, wrapLine } from './wrap-line.ts'

/** The files of a reply. */
export interface FixedFiles {
  readonly committed: readonly string[]
  /** Changed, but ignored by git and in no commit. */
  readonly ignored: readonly string[]
  /** Commits of the files as they were before the reply. */
  readonly originals: readonly Hash[]
}

/** The entry of a reply's commit. */
export function fixEntry(commit: Hash, files: FixedFiles, report: Report, provenance: Provenance): string {
  const iteration = provenance.iteration === undefined ? 'Commit' : `Iteration ${provenance.iteration}, commit`
  const { committed, ignored, originals } = files
  const facts = [
    ...(committed.length > 0 ? [`Files: ${listOf(committed)}`] : []),
    ...(ignored.length > 0 ? [`Ignored by git, not committed: ${listOf(ignored)}`] : []),
    ...(originals.length > 0 ? [`Before it, not committed until then: ${originals.join(', ')}`] : []),
  ]
  return joinEntry(`${iteration} ${commit}`, facts, report)
}

/**
 * The entry of a reply that changed no file.
 *
 * @param after the last commit before it, which makes the heading unique
 */
export function explanationEntry(after: Hash | undefined, report: Report, { iteration }: Provenance): string {
  const subject = iteration === undefined ? 'No file changed' : `Iteration ${iteration}: no file changed`
  return joinEntry(after === undefined ? subject : `${subject}, after ${after}`, [], report)
}

function joinEntry(heading: string, known: readonly string[], report: Report): string {
  const lines = [
    ...known,
    ...(report.outcomes.length > 0 ? [`Check before it: ${[...report.outcomes, ...scoreOf(report)].join(', ')}`] : []),
    ...(report.model === undefined ? [] : [`Model: ${asText(report.model)}`]),
  ]
  const facts = lines.map((line) => wrapLine(cleanLine(line), LINE_LENGTH).join('\n')).join('\\\n')
  return [`### ${heading}`, facts, explanationText(report.explanation)].filter(Boolean).join('\n\n')
}

function listOf(paths: readonly string[]): string {
  return paths.map(codeSpan).join(', ')
}

/** A name of a model is plain in most cases. */
function asText(name: string): string {
  return /^[a-z0-9]+(?:[./:-][a-z0-9]+)*$/i.test(name) && !name.includes('://') ? name : codeSpan(name)
}

/** The marks are longer than any run of back quotes in it. */
function codeSpan(text: string): string {
  if (!text.includes('`')) return `\`${text}\``
  const marks = '`'.repeat(1 + Math.max(...(text.match(/`+/g) ?? []).map(({ length }) => length)))
  return `${marks} ${text} ${marks}`
}

function scoreOf({ scores }: Report): string[] {
  return scores.length === 0 ? [] : [`score ${scores.join(', ')}`]
}

/**
 * FIXES.md with one more entry, in the line ends that it has. The first entry of a run is led in by the run's heading.
 *
 * @param text the file so far; undefined if not found
 */
export function appendEntry(text: Buffer | undefined, run: string | undefined, entry: string): Buffer {
  const before = text ?? Buffer.alloc(0)
  const heading = run === undefined ? [] : [`## Run ${run}`]
  const hasHeading =
    heading[0] !== undefined && `\n${before.toString('utf8').replaceAll('\r', '')}`.includes(`\n${heading[0]}\n`)
  const start = before.length === 0 ? ['# Fixes'] : []
  const added = [...start, ...(hasHeading ? [] : heading), entry].join('\n\n')
  const gap = before.length === 0 ? '' : before.at(-1) === 0x0a ? '\n' : '\n\n'
  const lines = `${gap}${added.trimEnd()}\n`
  const newline = before.includes('\r\n') ? '\r\n' : '\n'
  return Buffer.concat([before, Buffer.from(lines.replaceAll(/\r?\n/g, newline))])
}
