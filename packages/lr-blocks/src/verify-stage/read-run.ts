import { type Part, parseStream, StreamError } from '@loop-runner/block-format'
import { ExitStatus, findBadByte } from '@loop-runner/cli-kit'
import type { StageCase } from './stage-case.ts'

/** A run of a stage that has ended. */
export interface StageRun {
  readonly status: number
  readonly timedOut: boolean
  readonly stdout: Buffer
  readonly stderr: string
}

/** 128 + SIGPIPE: how most programs end whose reader is gone. */
const BROKEN_PIPE = 141

/** What a run's end says against the contract. */
export function faultsOfEnd(run: StageRun, { statuses, isUnread }: StageCase, timeoutMs: number): string[] {
  if (run.timedOut) return [`did not end within ${timeoutMs / 1000} s`]
  const allowed = isUnread ? [...statuses, BROKEN_PIPE] : statuses
  if (allowed.includes(run.status)) return []
  const [reason] = run.stderr.trim().split('\n').slice(-1)
  return [`exit code ${run.status} instead of ${statuses.join(' or ')}${reason ? ` (it said: ${reason})` : ''}`]
}

/** What a stage printed, as parts, or why it is not a complete stream. The output of a stage that found its input broken is not used. */
export function readOutput({ status, stdout }: StageRun): { parts: readonly Part[]; faults: string[] } {
  if (status === ExitStatus.Usage) return { parts: [], faults: [] }
  const bad = findBadByte(stdout)
  if (bad) return { parts: [], faults: [`byte ${bad.offset} of its output is ${bad.kind}`] }
  try {
    return { parts: parseStream(stdout.toString()), faults: [] }
  } catch (error) {
    if (error instanceof StreamError) return { parts: [], faults: [`its output: ${error.message}`] }
    throw error
  }
}

/** Complaints about a reader that is gone; a stage ends without a word then. */
export function complaintsOfPipe(stderr: string): string[] {
  const line = stderr.split('\n').find((line) => /broken ?pipe|\bEPIPE\b|traceback/i.test(line))
  return line === undefined ? [] : [`it complains about the reader that is gone: ${line.trim()}`]
}
