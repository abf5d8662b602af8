import { ExitStatus, type Io } from '@loop-runner/cli-kit'
import { listRuns } from '../runs/find-run.ts'
import { hasBegun } from '../runs/journal.ts'
import { type LoadedRun, loadRun } from '../runs/load-run.ts'
import type { LoopSettings } from '../settings.ts'
import type { EarlierRun } from './forecast.ts'

/** Older runs were of other files. */
const MOST_RUNS = 20

/** The newest runs that were started in the same folder, with the same model or agent, and have ended. */
export function earlierRuns(settings: LoopSettings, { env }: Pick<Io, 'env'>): EarlierRun[] {
  const found: EarlierRun[] = []
  for (const path of listRuns(env)) {
    const run = hasBegun(path) ? tryLoad(path) : undefined
    if (run && isLike(run, settings)) found.push(figuresOf(run))
    if (found.length === MOST_RUNS) break
  }
  return found
}

/** A run of another version has no figures here. */
function tryLoad(path: string): LoadedRun | undefined {
  try {
    return loadRun(path)
  } catch {
    return undefined
  }
}

function isLike({ settings, view, usage }: LoadedRun, wanted: LoopSettings): boolean {
  return (
    settings.cwd === wanted.cwd && workerOf(settings) === workerOf(wanted) && view.end !== undefined && usage.calls > 0
  )
}

function workerOf({ agent, replaced, stages }: LoopSettings): string {
  return agent?.command ?? replaced.llm ?? stages.model ?? ''
}

function figuresOf({ view, usage }: LoadedRun): EarlierRun {
  const { calls: replies, tokens, cost } = usage
  return { passed: view.end?.status === ExitStatus.Yes, replies, tokens, cost }
}
