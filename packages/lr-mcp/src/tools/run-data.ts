import { basename } from 'node:path'
import { errorIn, CommandError, ExitStatus, UsageError } from '@loop-runner/cli-kit'
import * as z from 'zod'
import { isInBounds } from '../policy/bounds.ts'
import type { CallContext } from './call-context.ts'
import type { Session } from './tool.ts'

/** The parts of `lr-loop show --json` that the tools use. */
const RunData = z.object({
  run: z.string(),
  state: z.string(),
  message: z.string(),
  next: z.array(z.string()),
  settings: z.object({ cwd: z.string() }),
  beganAt: z.string(),
  replies: z.number(),
  finalScore: z.number().optional(),
  branch: z.string().optional(),
  commits: z.array(z.string()),
  usage: z.object({ calls: z.number(), tokens: z.number(), cost: z.number().nullable().optional() }),
  attempts: z.array(z.object({ run: z.string(), kept: z.boolean() })),
})
export type RunData = z.infer<typeof RunData>

/** What is reported of a run: a part of `lr-loop runs --json`, with the name of the run in place of its folder. */
export const ListedRun = z.object({
  run: z.string(),
  state: z.string(),
  label: z.string().nullable(),
  passed: z.boolean(),
  began: z.string(),
  replies: z.number(),
  best: z.number().nullable(),
  tokens: z.number(),
  cost: z.number().nullable(),
  branch: z.string().nullable(),
  cwd: z.string(),
  sources: z.array(z.string()),
})
export type ListedRun = z.infer<typeof ListedRun>

/** Names of runs and of their attempts. Paths do not match. */
export const RUN_NAME = /^\d{8}-\d{6,9}-\w+(-\d+)?$/

/**
 * The run that is meant, or the newest one of the folder.
 *
 * @throws CommandError if there is no such run within the bounds
 */
export async function loadRun(
  name: string | undefined,
  { bounds, folder, configuration }: CallContext,
  { programs }: Session,
  signal: AbortSignal,
): Promise<RunData> {
  if (name !== undefined && !RUN_NAME.test(name)) throw noSuchRun(name)
  const args = ['show', ...configuration.args, '--json', ...(name === undefined ? [] : [name])]
  const { status, stdout, stderr } = await programs.run({ name: 'lr-loop', args, cwd: folder, signal })
  // What is not in the bounds is not told apart from what does not exist.
  if (name !== undefined && status === 2) throw noSuchRun(name)
  if (status !== 0) throw new CommandError(status, errorIn(stderr))
  const { success, data } = RunData.safeParse(JSON.parse(stdout))
  if (!success) throw new UsageError(`${name ?? 'the run'}: not a run of this version`)
  if (!isInBounds(data.settings.cwd, bounds)) throw noSuchRun(name ?? 'the newest run')
  return data
}

/** The runs that were started within the bounds, newest first. */
export async function listRuns(
  { bounds, folder, configuration }: CallContext,
  { programs }: Session,
  signal: AbortSignal,
): Promise<ListedRun[]> {
  const args = ['runs', ...configuration.args, '--json']
  const text = await programs.read({ name: 'lr-loop', args, cwd: folder, signal }, ExitStatus.No)
  const runs = text
    .split('\n')
    .filter(Boolean)
    .flatMap((line) => ListedRun.safeParse(JSON.parse(line)).data ?? [])
  return runs.filter(({ cwd }) => isInBounds(cwd, bounds)).map((listed) => ({ ...listed, run: basename(listed.run) }))
}

function noSuchRun(name: string): UsageError {
  return new UsageError(`${name}: no such run here (the tool runs lists them)`)
}
