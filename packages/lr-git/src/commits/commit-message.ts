import { showHidden } from './explanation-text.ts'
import type { Hash } from '@loop-runner/git-engine'
import type { Report } from './report.ts'

/** What a run says of itself in each of its commits. */
export interface Provenance {
  readonly run: string | undefined
  /** From 1. */
  readonly iteration: string | undefined
}

/** The trailer of a commit that holds files as they were before a reply. */
export const ORIGINALS = 'Lr-Originals'

/** A subject should not be longer, by git's custom. */
const SUBJECT_LENGTH = 72
/** How much of an explanation a message carries; all of it is in FIXES.md. */
const BODY_LINES = 12

/** The message of the commit that holds a reply's files. */
export function fixMessage(paths: readonly string[], report: Report, provenance: Provenance): string {
  const body = report.explanation.split(/\r?\n/).slice(0, BODY_LINES).map(cleanLine).join('\n').trim()
  const trailers = writeTrailers({
    'Lr-Files': String(paths.length),
    'Lr-Run': provenance.run,
    'Lr-Iteration': provenance.iteration,
    'Lr-Model': report.model,
    'Lr-Check': report.outcomes.join(', '),
    'Lr-Score': report.scores.join(', '),
  })
  return joinParagraphs([subjectOf('lr: ', paths), body, trailers])
}

/** What a commit of FIXES.md explains where a reply changed no file. */
export const NO_CHANGE = 'no change'

/**
 * The message of the commit that adds to FIXES.md.
 *
 * @param commit what the entry explains; undefined for a reply that changed no file
 */
export function fixesMessage(commit: Hash | undefined, { run, iteration }: Provenance): string {
  const trailers = writeTrailers({ 'Lr-Run': run, 'Lr-Iteration': iteration, 'Lr-Explains': commit ?? NO_CHANGE })
  const subject = commit === undefined ? 'a reply that changed no file' : commit.slice(0, 12)
  return joinParagraphs([`lr: FIXES.md for ${subject}`, trailers])
}

/** The message of a commit that brings files back to where they were before another one, or after it. */
export function returnMessage(
  subject: string,
  body: string,
  trailers: Readonly<Record<string, string | undefined>>,
): string {
  return joinParagraphs([cleanLine(subject), body, writeTrailers(trailers)])
}

/** The trailers of a message: those of its last paragraph, which is ours whatever a model has written above it. */
export function readTrailers(message: string): ReadonlyMap<string, string> {
  const last = message.trimEnd().split('\n\n').at(-1) ?? ''
  return new Map(
    last.split('\n').flatMap((line) => {
      const [, name, value] = /^(Lr-[A-Za-z]+): (.*)$/.exec(line) ?? []
      return name !== undefined && value !== undefined ? [[name, value] as const] : []
    }),
  )
}

/** A message of paragraphs, without empty ones, ending in a newline. */
export function joinParagraphs(paragraphs: readonly string[]): string {
  return `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`
}

/** Trailer lines, those without a value left out. */
export function writeTrailers(values: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(values)
    .flatMap(([name, value]) => (value ? [`${name}: ${cleanLine(value).trim()}`] : []))
    .join('\n')
}

/** As many names as fit, and how many more there are. */
export function subjectOf(prefix: string, paths: readonly string[]): string {
  let subject = prefix + cleanLine(paths[0] ?? '')
  for (const [index, path] of paths.entries()) {
    if (index === 0) continue
    const longer = `${subject}, ${cleanLine(path)}`
    const rest = ` and ${paths.length - index} more`
    const isLast = index === paths.length - 1
    if (longer.length + (isLast ? 0 : rest.length) > SUBJECT_LENGTH) return subject + rest
    subject = longer
  }
  return subject
}

/** A line that shows control characters and bidi marks: parts of it come from a model. */
function cleanLine(line: string): string {
  return showHidden(line.replaceAll('\t', ' ').replaceAll('\n', ''))
}
