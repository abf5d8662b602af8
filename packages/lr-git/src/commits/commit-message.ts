import { cleanLine, harmlessLine, replySubject } from './commit-subject.ts'
import type { Hash } from '@loop-runner/git-engine'
import type { Report } from './report.ts'

/** The run and the reply that a commit comes from. */
export interface Provenance {
  readonly run: string | undefined
  /** From 1. */
  readonly iteration: string | undefined
}

/** The trailer of a commit that holds files as they were before a reply. */
export const ORIGINALS = 'Lr-Originals'

/** How much of an explanation a message carries; all of it is in FIXES.md. */
const BODY_LINES = 12

/** The message of the commit that holds a reply's files. */
export function fixMessage(paths: readonly string[], report: Report, provenance: Provenance): string {
  const subject = replySubject(report.explanation, paths)
  const body = bodyOf(report.explanation)
  const trailers = writeTrailers({
    'Lr-Files': String(paths.length),
    'Lr-Run': provenance.run,
    'Lr-Iteration': provenance.iteration,
    'Lr-Model': report.model,
    'Lr-Check': report.outcomes.join(', '),
    'Lr-Score': report.scores.join(', '),
  })
  return joinParagraphs([subject, `lr: ${body.replace(/\.$/, '')}` === subject ? '' : body, trailers])
}

/** The first lines of an explanation. */
function bodyOf(explanation: string): string {
  const lines = explanation.split(/\r?\n/)
  return lines.slice(0, BODY_LINES).map(harmlessLine).join('\n').trim()
}

/** The explanation in the message of a reply's commit: its body, else its subject. */
export function explanationIn(message: string): string {
  const [subject = '', ...rest] = message.trimEnd().split('\n\n')
  const body = rest.slice(0, -1).join('\n\n')
  return body === '' ? subject.replace(/^lr: /, '') : body
}

/** What a commit of FIXES.md explains if a reply changed no file. */
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

/** The message of a commit of ours that no reply explains. */
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
