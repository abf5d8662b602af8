import { mkdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { CommandError, ExitStatus } from '@loop-runner/cli-kit'
import {
  BRANCHES,
  type Engine,
  type Hash,
  isRefName,
  readTextIfThere,
  replaceDurably,
  writeDurably,
} from '@loop-runner/git-engine'

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
  /** The file that explains the commits, from the root; null for none, undefined for the default. */
  readonly fixes?: string | null
}

/**
 * The record of a run by its branch; undefined for a branch that `start` did not make. One that has been renamed since
 * is known by its former name, which git notes in its reflog.
 *
 * @throws CommandError (3) for one that is damaged
 */
export function readRecord(engine: Engine, branch: string): RunRecord | undefined {
  for (const name of [branch, ...formerNames(engine, branch)]) {
    const file = recordFile(engine, name)
    const text = readTextIfThere(file)
    if (text === undefined) continue
    const record = parseRecord(text)
    if (record) return { ...record, branch }
    throw new CommandError(ExitStatus.Failed, `${file}: damaged (remove it to forget that run)`)
  }
  return undefined
}

/** What a branch was called before it was renamed, the latest name first. Its reflog goes along with it. */
function formerNames(engine: Engine, branch: string): string[] {
  const log = readTextIfThere(join(engine.repository.commonDir, 'logs', BRANCHES + branch)) ?? ''
  const renamings = log.matchAll(/\tBranch: renamed refs\/heads\/(\S+) to refs\/heads\/\S+$/gm)
  return [...renamings].map(([, from = '']) => from).reverse()
}

/** It lies in the git folder, which may come from anybody. */
function parseRecord(text: string): RunRecord | undefined {
  try {
    const record = JSON.parse(text) as Readonly<Record<keyof RunRecord, unknown>>
    const isCommit = (value: unknown) =>
      value === null || (typeof value === 'string' && /^[0-9a-f]{40,64}$/.test(value))
    const { base, branch } = record
    const isRecord =
      typeof branch === 'string' &&
      isRefName(BRANCHES + branch) &&
      (base === null || (typeof base === 'string' && isRefName(base))) &&
      ((record.fixes ?? null) === null || typeof record.fixes === 'string') &&
      [record.commit, record.begin, record.staged, record.start].every(isCommit)
    return isRecord ? (record as RunRecord) : undefined
  } catch {
    return undefined
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

/** How commits and FIXES.md name the run: by the loop's folder where there is one, else by its branch. */
export function nameOfRun(env: NodeJS.ProcessEnv, branch: string | undefined): string | undefined {
  return env['LR_RUN_DIR'] ? basename(env['LR_RUN_DIR']) : branch
}

/** Shared by linked working trees, as branches are. */
function recordFile(engine: Engine, branch: string): string {
  return join(engine.repository.commonDir, 'lr', 'runs', `${encodeURIComponent(branch)}.json`)
}
