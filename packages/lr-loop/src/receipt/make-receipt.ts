import { lastCheck } from '@loop-runner/run-report'
import { readFileSync } from 'node:fs'
import { basename, isAbsolute, join, relative } from 'node:path'
import { CommandError, ExitStatus, type Io } from '@loop-runner/cli-kit'
import { type Engine, type Hash, openEngine, parseCommit } from '@loop-runner/git-engine'
import { digestReceipt, guardFingerprint, type Receipt } from '@loop-runner/run-report/receipt'
import { contentIn, ROLE, runsIn } from '@loop-runner/stage-protocol'
import * as z from 'zod/mini'
import type { LoadedRun } from '../runs/load-run.ts'
import { readJournal } from '../runs/journal.ts'
import type { LoopSettings } from '../settings.ts'
import { partsIn } from '../stages/run-stage.ts'

/** Of the guard's record. */
const GuardFiles = z.object({ files: z.record(z.string(), z.string()) })

/** The part of a test record of lr-check that is used here. */
const Tests = z.object({
  runs: z.record(
    z.string(),
    z.object({
      tests: z.optional(z.array(z.string())),
      failed: z.array(z.string()),
      skipped: z.optional(z.array(z.string())),
    }),
  ),
})

/**
 * What a run can prove of its last commit.
 *
 * @throws CommandError (1) if it has not ended or made no commit, (3) if its commit is gone
 */
export async function makeReceipt(run: LoadedRun, io: Io): Promise<Receipt> {
  const { path, settings, view } = run
  const { end, commits, lastAt } = view
  const commit = commits.at(-1)
  if (!end) throw new CommandError(ExitStatus.No, `${path}: has not ended (lr-loop --resume ${path})`)
  if (commit === undefined) throw new CommandError(ExitStatus.No, `${path}: made no commit, so it has no receipt`)
  const engine = await openEngine({ engine: 'auto', filters: false, sign: false }, { ...io, cwd: settings.cwd })
  const prefix = relative(engine.repository.root, settings.cwd)
  const receipt = {
    receipt: 1 as const,
    run: basename(path),
    at: lastAt,
    outcome: end.status === 0 ? 'passed' : end.reason,
    status: end.status,
    commit,
    ...(await readCommits(commit, commits[0] ?? commit, engine)),
    ...readSettings(settings, prefix),
    ...readChecks(path),
    guard: settings.guards ? await readGuard(join(path, 'guard.json'), { commit, prefix }, engine) : null,
    ...readLastCheck(run),
  }
  return { ...receipt, digest: digestReceipt(receipt) }
}

function readSettings({ stages }: LoopSettings, prefix: string): Pick<Receipt, 'carried' | 'fixes' | 'sources'> {
  return {
    carried: stages.dirty === 'carry',
    fixes: stages.fixes === 'none' ? null : stages.fixes,
    sources: stages.sources.map((source) => (isAbsolute(source) ? source : join(prefix, source))),
  }
}

function readLastCheck({ path, view: { rounds, end } }: LoadedRun): Pick<Receipt, 'tests' | 'doubts'> {
  const { known = 0, doubts = [] } = lastCheck(rounds) ?? {}
  return { tests: end?.status === 0 ? readTests(path, known) : null, doubts: [...doubts] }
}

async function readCommits(last: Hash, first: Hash, engine: Engine): Promise<Pick<Receipt, 'tree' | 'base'>> {
  const hashes = await Promise.all([last, first].map((hash) => engine.resolveCommit(hash)))
  if (hashes.includes(undefined)) {
    throw new CommandError(
      ExitStatus.Failed,
      `${last}: not in this repository (the commits of the run no longer exist)`,
    )
  }
  const [end, start] = await engine.readObjects([last, first])
  if (!end || !start) throw new CommandError(ExitStatus.Failed, `${last}: cannot be read`)
  return { tree: parseCommit(end.bytes).tree, base: parseCommit(start.bytes).parents[0] ?? null }
}

/** The runs of the last check, and whether the last hidden one passed. */
function readChecks(path: string): Pick<Receipt, 'checks' | 'confirmed'> {
  const events = readJournal(path)
  const last = events.findLast(
    (event) => event.event === 'ended' && /^check(?!-confirm)/.test(event.stage) && event.status <= ExitStatus.No,
  )
  const file = last?.event === 'ended' ? join(path, String(last.iteration), `${last.stage}.out`) : undefined
  const runs = file === undefined ? [] : runsIn(partsIn(file))
  const confirmed = events.findLast((event) => event.event === 'confirmed')
  return {
    checks: runs.map((run) => ({ command: run.command.trim(), outcome: contentIn(run, ROLE.outcome)?.trim() ?? '' })),
    confirmed: confirmed?.event === 'confirmed' ? confirmed.passed : null,
  }
}

/** Only files of the commit: others are not there for the reader of a receipt. */
async function readGuard(
  file: string,
  { commit, prefix }: { readonly commit: Hash; readonly prefix: string },
  engine: Engine,
): Promise<Receipt['guard']> {
  const record = readJson(file, GuardFiles)
  if (!record) return null
  const own = Object.entries(record.files).map(([path, print]) => [join(prefix, path), print] as const)
  const inside = own.filter(([path]) => !path.startsWith('..') && !isAbsolute(path))
  const found = await engine.readPaths(
    commit,
    inside.map(([path]) => path),
  )
  const files = Object.fromEntries(inside.filter(([path]) => found.get(path)?.type === 'blob'))
  return { fingerprint: guardFingerprint(files), files }
}

function readTests(path: string, known: number): Receipt['tests'] {
  const record = readJson(join(path, 'tests.json'), Tests) ?? readJson(join(path, 'known.json'), Tests)
  const runs = Object.values(record?.runs ?? {}).filter(({ tests }) => tests !== undefined)
  if (runs.length === 0) return null
  const sum = (lengthOf: (run: (typeof runs)[number]) => number) =>
    runs.reduce((total, run) => total + lengthOf(run), 0)
  const total = sum(({ tests = [] }) => tests.length)
  const failed = sum((run) => run.failed.length)
  const skipped = sum((run) => run.skipped?.length ?? 0)
  return { total, passed: total - failed - skipped, failed, skipped, known: Math.min(known, failed) }
}

function readJson<T>(file: string, schema: z.ZodMiniType<T>): T | undefined {
  try {
    const { success, data } = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')))
    return success ? data : undefined
  } catch {
    return undefined
  }
}
