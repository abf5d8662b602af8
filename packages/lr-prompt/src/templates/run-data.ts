import type { Run } from '../evidence/evidence.ts'
import { endingWords, resultWords } from '../evidence/result-words.ts'

/** A score that only repeats the verdict, or none. */
const VERDICT = /^\s*(?:[01](?:\.0+)?)?\s*$/

/** Lines in which test runners print their counts or each failure: the share of passed tests repeats them. */
const COUNTS =
  /^ *--- FAIL: |\b\d+ (?:tests? )?(?:passed|passing|failed|failing|failures?)\b|^[#\u2139] fail +\d|\bTests run: \d|\bfailures=\d/im

/** A run as a template sees it. */
export interface RunData extends Run {
  /** How it ended, in words (`resultWords`). */
  readonly result: string
  /** The same in the words of a line of its own. */
  readonly ending: string
  /** Whether its score says more than that it passes or fails. */
  readonly isGraded: boolean
  /** Whether it passes and says next to nothing: a list of such runs is enough. */
  readonly isQuiet: boolean
}

export function runData(run: Run): RunData {
  const { outcome, stdout, stderr, score, findings, excerpts, script } = run
  const isRepeated = /^\s*[\d.]+\s*$/.test(score) && COUNTS.test(`${stdout}\n${stderr}`)
  const isGraded = !VERDICT.test(score) && !isRepeated
  const isShort = !(stdout + stderr).trim().includes('\n') && findings + excerpts === '' && !isGraded
  return {
    ...run,
    result: resultWords(run),
    ending: endingWords(run),
    isGraded,
    isQuiet: outcome === 'pass' && isShort && script === undefined,
  }
}
