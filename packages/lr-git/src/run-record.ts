import { mkdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { CommandError, ExitStatus } from '@loop-runner/cli-kit'
import { replaceDurably, writeDurably } from './durable-file.ts'
import type { Engine, Head } from './engine.ts'
import type { Hash } from './git-object.ts'
import { readTextIfThere } from './if-there.ts'

/** What is known of a run: written by `start`, read by the commands that end it. */
export interface RunRecord {
  /** `lr/20260103-101500-parser`, without `refs/heads/`. */
  readonly branch: string
  /** The ref that the run started from; null where HEAD was detached. */
  readonly base: string | null
  /** The commit that it started from; null where there was none yet. */
  readonly commit: Hash | null
  /** The commit that the run's own commits lie on: `commit`, or the one of what was not committed yet. */
  readonly begin: Hash | null
  /** A commit of what was staged when the run started; `commit` where nothing was. */
  readonly staged: Hash | null
  /** A commit of the files as they were when the run started; `commit` where all was committed. */
  readonly start: Hash | null
}

export const BRANCHES = 'refs/heads/'

/**
 * The record of a run by its branch; undefined for a branch that `start` did not make.
 *
 * @throws CommandError (3) for one that is damaged
 */
export function readRecord(engine: Engine, branch: string): RunRecord | undefined {
  const file = recordFile(engine, branch)
  const text = readTextIfThere(file)
  try {
    return text === undefined ? undefined : (JSON.parse(text) as RunRecord)
  } catch (error) {
    throw new CommandError(ExitStatus.Failed, `${file}: damaged (remove it to forget that run)`, { cause: error })
  }
}

export function writeRecord(engine: Engine, record: RunRecord): void {
  const file = recordFile(engine, record.branch)
  mkdirSync(dirname(file), { recursive: true })
  writeDurably(`${file}.new`, Buffer.from(`${JSON.stringify(record)}\n`))
  replaceDurably(`${file}.new`, file)
}

/** Forgets a run whose branch is gone. */
export function forgetRecord(engine: Engine, branch: string): void {
  rmSync(recordFile(engine, branch), { force: true })
}

/** The branch that HEAD is on, without `refs/heads/`. */
export function branchOf({ ref }: Head): string | undefined {
  return ref?.startsWith(BRANCHES) ? ref.slice(BRANCHES.length) : undefined
}

/** How commits and FIXES.md name the run: by the loop's folder where there is one, else by its branch. */
export function nameOfRun(env: NodeJS.ProcessEnv, branch: string | undefined): string | undefined {
  return env['LR_RUN_DIR'] ? basename(env['LR_RUN_DIR']) : branch
}

/** Shared by linked working trees, as branches are. */
function recordFile(engine: Engine, branch: string): string {
  return join(engine.repository.commonDir, 'lr', 'runs', `${encodeURIComponent(branch)}.json`)
}
