import { realpathSync, rmSync, writeFileSync } from 'node:fs'
import { isAbsolute, join, relative } from 'node:path'
import {
  CommandError,
  digestOf,
  ExitStatus,
  findConfigFile,
  makeFolders,
  runProcess,
  splitLines,
  stopMarked,
  TRUSTED_VARIABLE,
  trustOf,
  workingTreeOf,
} from '@loop-runner/cli-kit'
import type { LoopContext } from '../loop-context.ts'
import { hasBegun, JOURNAL, readJournal } from '../runs/journal.ts'
import type { LoopEvent } from '../runs/loop-event.ts'
import { isSeal, RunFolder } from '../runs/run-folder.ts'
import type { LoopSettings } from '../settings.ts'
import { hasFailed } from '../stages/stage.ts'
import { attemptFolder, attemptTree } from './attempt-folders.ts'
import { type AttemptResult, readResult } from './attempt-result.ts'
import { callGit } from './call-git.ts'
import { environmentOfTree } from './environment-of-tree.ts'
import { type Stopper, UNSTOPPED } from './stopper.ts'
import { type AttemptPlan, type Variation, variationOf } from './variation.ts'

/** A loop stops its own stages first, which may take 2 s, and then brings its files to their best state. */
const GRACE_MS = 20_000

/**
 * Makes one attempt: a loop of its own, as a process, in a linked working tree that is gone when this returns. What it did
 * is left in its folder: `commits.bundle` and `changes.diff`.
 */
export async function runAttempt(
  attempt: number,
  plan: AttemptPlan,
  context: LoopContext,
  stopper: Stopper,
): Promise<AttemptResult> {
  const variation = { ...variationOf(attempt, plan), attempt }
  const folder = attemptFolder(context.folder.path, attempt)
  const say = (line: string) => context.passOn(Buffer.from(`lr-loop: attempt ${attempt}: ${line}\n`))
  const git = { io: context.io, say: context.isQuiet ? () => {} : say }
  let status: number = ExitStatus.Failed
  try {
    prepareFolder(folder, variation, context)
    const tree = attemptTree(folder)
    await callGit(['fork', `--ignored=${plan.ignored}`, tree], git, stopper)
    if (!stopper.isStopped()) status = await runChild(folder, say, context, stopper)
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    status = error.status
    if (!stopper.isStopped()) say(error.message)
  } finally {
    await stopMarked('LR_RUN_DIR', folder)
    await callGit(['drop', `--save=${folder}`, attemptTree(folder)], { ...git, say: () => {} }, UNSTOPPED)
  }
  const passed = status === ExitStatus.Yes
  const ended = { status, reason: passed ? 'passed' : stopper.isStopped() ? 'stopped' : 'error' } as const
  return readResult(variation, ended, folder)
}

async function runChild(
  folder: string,
  say: (line: string) => void,
  { io, settings, apiKey, debug, heartbeatMs, isQuiet, llmEnvironment }: LoopContext,
  stopper: Stopper,
): Promise<number> {
  const { file, args } = io.ownProgram('lr-loop')
  const env = environmentOfTree(io.env, realpathSync(workingTreeOf(io.cwd)), attemptTree(folder))
  const shown = [`--debug=${debug}`, `--heartbeat=${heartbeatMs}ms`, ...(isQuiet ? ['--quiet'] : [])]
  const request = {
    file,
    args: [...args, '--resume', ...shown, folder],
    cwd: io.cwd,
    // Its descendants are known by it, wherever they hide.
    env: {
      ...env,
      ...llmEnvironment,
      LR_RUN_DIR: folder,
      ...trustOfTree(settings.cwd, io.env),
      ...(apiKey === undefined ? {} : { LR_LOOP_API_KEY: apiKey }),
    },
    stdout: () => {},
    stderr: splitLines((line) => say(line.replace(/^lr-loop: /, ''))),
    graceMs: GRACE_MS,
  }
  return (await runProcess(request, stopper)).status
}

/** Trusts, in the tree of the attempt, the files that the user trusts in their tree: the lr.yaml there is a copy. */
function trustOfTree(cwd: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const found = findConfigFile(cwd)
  if (found === undefined || trustOf(found.path, found.text, env) !== 'trusted') return {}
  return { [TRUSTED_VARIABLE]: digestOf(found.text) }
}

/**
 * A folder with the settings of the attempt. One that was cut short begins again in a fresh tree, but what the model has
 * answered already is not asked for again: of its journal only that is left, and the hash of its settings.
 */
function prepareFolder(folder: string, variation: Variation & { attempt: number }, context: LoopContext): void {
  makeFolders(folder, 0o700)
  // The folders above the tree of the attempt are not those above the user's.
  writeFileSync(join(folder, 'lr.yaml'), findConfigFile(context.settings.cwd)?.text ?? '', { mode: 0o600 })
  if (!hasBegun(folder)) {
    RunFolder.create(folder, settingsOfAttempt(folder, variation, context)).journal.close()
    return
  }
  rmSync(join(folder, 'summary.json'), { force: true })
  const kept = readJournal(folder).filter((event) => isAnswer(event) || isSeal(event))
  writeFileSync(join(folder, JOURNAL), kept.map((event) => `${JSON.stringify(event)}\n`).join(''))
}

function isAnswer(event: LoopEvent): boolean {
  return 'stage' in event && event.stage === 'llm' && !('status' in event && hasFailed('llm', event.status))
}

function settingsOfAttempt(
  folder: string,
  variation: Variation & { attempt: number },
  context: LoopContext,
): LoopSettings {
  const { settings, state, startedAt } = context
  const { cwd, stages, limits } = settings
  const { branch } = state
  const left = (limitMs: number | undefined) =>
    limitMs === undefined ? undefined : Math.max(0, limitMs - (Date.now() - startedAt))
  return {
    ...settings,
    attempts: undefined,
    cwd: join(attemptTree(folder), relative(workingTreeOf(cwd), cwd)),
    stages: {
      ...stages,
      sources: stages.sources.map((source) => (isAbsolute(source) ? relative(cwd, source) || '.' : source)),
      model: variation.model ?? stages.model,
      branch: branch === undefined ? undefined : `${branch}-${variation.attempt}`,
      dirty: 'refuse',
    },
    limits: {
      ...limits,
      timeoutMs: left(limits.timeoutMs),
      deadlineMs: left(limits.deadlineMs),
    },
    known: settings.known && { from: context.folder.known, fix: 0 },
    // Whether the check is flaky has been found out.
    recheck: 0,
    variation,
    parent: context.folder.path,
  }
}
