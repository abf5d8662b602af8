import type { Run } from '../evidence/evidence.ts'
import { resultWords } from '../evidence/result-words.ts'

/** A score that only repeats the verdict, or none. */
const VERDICT = /^\s*(?:[01](?:\.0+)?)?\s*$/

/** A run as a template sees it. */
export interface RunData extends Run {
  /** How it ended, in words: ", with exit status 1". */
  readonly result: string
  /** Whether its score says more than that it passes or fails. */
  readonly isGraded: boolean
  /** Whether it passes and says next to nothing: a list of such runs is enough. */
  readonly isQuiet: boolean
}

export function runData(run: Run): RunData {
  const { outcome, stdout, stderr, score, findings, excerpts, script } = run
  const isGraded = !VERDICT.test(score)
  const isShort = !(stdout + stderr).trim().includes('\n') && findings + excerpts === '' && !isGraded
  return { ...run, result: resultWords(run), isGraded, isQuiet: outcome === 'pass' && isShort && script === undefined }
}
