import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import * as z from 'zod/mini'
import { reasonOf, UsageError } from '@loop-runner/cli-kit'
import type { EarlierRun } from '@loop-runner/stop-rules'

/** A line of `lr-loop runs --json`; the first score is that of the check before any reply. */
const Line = z.object({
  label: z.optional(z.nullable(z.string())),
  model: z.optional(z.nullable(z.string())),
  passed: z.boolean(),
  reason: z.optional(z.nullable(z.string())),
  scores: z.array(z.number()),
})

/** Ends that say nothing about later replies. */
const CUT_SHORT = new Set(['error', 'interrupted'])

/**
 * Reads the earlier runs that have ended by themselves.
 *
 * @throws UsageError for a file that cannot be read, or a line that is not a run
 */
export function readEarlierRuns(path: string, cwd: string): EarlierRun[] {
  return read(path, cwd)
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' ? [] : [parse(line, `${path}:${index + 1}`)]))
    .filter(({ reason }) => typeof reason === 'string' && !CUT_SHORT.has(reason))
    .map(({ passed, scores }) => ({ passed, scores: scores.slice(1) }))
}

function read(path: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, path), 'utf8')
  } catch (error) {
    throw new UsageError(`${path}: ${reasonOf(error)}`)
  }
}

function parse(text: string, place: string) {
  try {
    return Line.parse(JSON.parse(text))
  } catch {
    throw new UsageError(`${place}: not a run (expected a line of lr-loop runs --json)`)
  }
}
