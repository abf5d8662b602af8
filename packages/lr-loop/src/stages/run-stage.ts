import { closeSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { isBlock, parseStream, type Part, StreamError } from '@loop-runner/block-format'
import {
  childEnvironment,
  CommandError,
  decodeUtf8,
  ExitStatus,
  type Io,
  runProcess,
  shellCall,
  UsageError,
} from '@loop-runner/cli-kit'
import { startedBy } from '@loop-runner/source-files'
import { ROLE } from '@loop-runner/stage-protocol'
import { inRunFolder } from '../runs/in-run-folder.ts'
import type { RunFolder } from '../runs/run-folder.ts'
import { followWaits } from './follow-waits.ts'
import { hiddenPaths, isHidden } from './hidden-check.ts'
import { hasFailed, type Stage } from './stage.ts'
import { Interrupted } from '../stopping/interrupted.ts'
import type { LoopSettings } from '../settings.ts'
import { stageArguments } from './stage-arguments.ts'

/** Sets the context window of the model in tokens for the prompt stage, unless the user has set one for lr-prompt. */
export const WINDOW_VARIABLE = 'LR_MODEL_WINDOW'
/** More can hardly be read as one text; a stage that prints for ever is not to fill the disk. */
const MOST_OUTPUT_BYTES = 500e6

/** Everything that stays the same for all stages of a run. */
export interface StageContext {
  readonly io: Io
  readonly folder: RunFolder
  readonly settings: LoopSettings
  readonly apiKey: string | undefined
  /** Whether stages, too, are to say nothing but errors. */
  readonly isQuiet: boolean
  /** More variables of the llm stage, and of attempts. */
  readonly llmEnvironment: NodeJS.ProcessEnv
  /** Shows the messages of a stage. */
  readonly passOn: (chunk: Uint8Array) => void
}

/** One start of a stage. */
export interface StageCall {
  readonly stage: Stage
  readonly iteration: number
  /** A file to read as its standard input; default: nothing. */
  readonly input: string | undefined
  /** The action of the stage (git), or the number of a check within the iteration. */
  readonly action?: string
  /** Distinguishes starts with the same action in one iteration. */
  readonly turn?: string
  /** Further arguments of our own program for the stage. */
  readonly extra?: readonly string[]
}

export interface StageResult {
  readonly stage: Stage
  readonly status: number
  /** The file with the output of the stage. */
  readonly output: string
}

/**
 * Runs a stage; its input, output and messages are files of the run's folder, its messages are passed on as they come. A
 * stage that has ended in an earlier part of the run is not run again: what it printed then is what it printed.
 *
 * @throws Interrupted if the run is stopped meanwhile
 */
export async function runStage(call: StageCall, context: StageContext): Promise<StageResult> {
  const { io, folder } = context
  const key = {
    stage: [call.stage, call.action, call.turn].filter((part) => part !== undefined).join('-'),
    iteration: call.iteration,
  }
  const output = folder.file(key, 'out')
  const ended = folder.endedWith(key) ?? (folder.wasStarted(key) ? statusOfPrinted(call.stage, output) : undefined)
  if (ended !== undefined && !hasFailed(call.stage, ended)) return { stage: call.stage, status: ended, output }
  if (io.signal.aborted) throw new Interrupted()
  folder.journal.record({ event: 'started', ...key, ...sizeOf(call) })
  const log = folder.file(key, 'err')
  const opened = [
    openSync(call.input ?? '/dev/null', 'r'),
    inRunFolder(output, () => openSync(output, 'w', 0o600)),
    inRunFolder(log, () => openSync(log, 'w', 0o600)),
  ] as const
  const [stdin, stdout, kept] = opened
  const waits = followWaits(folder.file(key, 'waits'), call.iteration, folder.journal)
  let unkept: unknown
  const stderr = (chunk: Buffer) => {
    context.passOn(chunk)
    try {
      inRunFolder(log, () => writeFileSync(kept, chunk))
    } catch (error) {
      unkept ??= error
    }
  }
  try {
    const request = { ...(await startOf(call, context)), cwd: io.cwd, stdin, stdout, stderr }
    const { status, flooded } = await runProcess({ ...request, maxStdoutBytes: MOST_OUTPUT_BYTES }, io)
    if (io.signal.aborted) throw new Interrupted()
    waits.record()
    if (unkept !== undefined) throw unkept
    if (flooded) throw new UsageError(`the ${call.stage} stage printed more than ${MOST_OUTPUT_BYTES / 1e6} MB`)
    folder.journal.record({ event: 'ended', ...key, status })
    return { stage: call.stage, status, output }
  } finally {
    waits.close()
    for (const descriptor of opened) closeSync(descriptor)
  }
}

function sizeOf({ stage, input }: StageCall): { readonly bytes?: number } {
  return stage === 'llm' && input !== undefined ? { bytes: statSync(input).size } : {}
}

/**
 * The exit code of a stage that a crash kept from being recorded, where what it printed tells that it had done its work:
 * every stage prints its blocks last and at once. A paid answer is not asked for again, a commit not made twice.
 */
function statusOfPrinted(stage: Stage, output: string): number | undefined {
  const names = partsIn(output).flatMap((part) => (isBlock(part) ? [part.name] : []))
  if (stage === 'llm') return names.at(-1) === ROLE.usage ? ExitStatus.Yes : undefined
  if (stage === 'git') return names.includes(ROLE.branch) || names.includes(ROLE.commit) ? ExitStatus.Yes : undefined
  if (stage !== 'apply' || names.length === 0) return undefined
  return names.includes(ROLE.changed) ? ExitStatus.Yes : ExitStatus.No
}

/** The parts in a file; none where it is not there or breaks off. */
export function partsIn(file: string): Part[] {
  try {
    return parseStream(readFileSync(file, 'utf8'))
  } catch {
    return []
  }
}

async function startOf(call: StageCall, context: StageContext) {
  const { io, folder, settings } = context
  const isConfirm = isHidden(call)
  const command = isConfirm ? undefined : settings.replaced[call.stage]
  const env = stageEnvironment(call, context)
  if (command !== undefined) {
    return { ...shellCall(command, call.stage === 'git' && call.action !== undefined ? [call.action] : []), env }
  }
  const { file, args } = io.ownProgram(`lr-${call.stage}`)
  const judges = call.stage === 'apply' ? await findJudges(context) : []
  const waits = folder.file({ stage: 'llm', iteration: call.iteration }, 'waits')
  const { known, tests } = folder
  const start = { action: call.action, judges, guard: guardOf(call, folder), known, tests, isConfirm, waits }
  // A first check that was cut short may have written it.
  if (call.stage === 'check' && start.guard.isFirst && !isConfirm) rmSync(known, { force: true })
  return { file, args: [...args, ...stageArguments(call.stage, settings, start), ...(call.extra ?? [])], env }
}

function guardOf(call: StageCall, folder: RunFolder): { readonly file: string; readonly isFirst: boolean } {
  const isBefore = call.iteration === 0
  if (isHidden(call)) return { file: folder.confirmGuard, isFirst: isBefore }
  return { file: folder.guard, isFirst: isBefore && call.action === undefined }
}

/**
 * The scripts that the check command starts, and the makefiles and the like that say so: no reply may change them unless a
 * source names them. Read before the first reply is applied, which may bring files of any name.
 */
async function findJudges({ io, folder, settings }: StageContext): Promise<readonly string[]> {
  const find = () => {
    const { scripts, orders, awaited } = startedBy(settings.stages.checkCommand ?? [], io.cwd)
    return [...new Set([...scripts, ...orders, ...awaited, ...hiddenPaths(settings.stages, io.cwd)])]
  }
  return JSON.parse(await folder.remember('judging scripts', async () => JSON.stringify(find()))) as string[]
}

/** The environment for git: all `GIT_*`, and no keys. */
export function gitEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return childEnvironment(
    env,
    Object.keys(env).filter((name) => name.startsWith('GIT_')),
  )
}

/** Keys are for the llm stage alone; `GIT_*` for the git stage alone. */
function stageEnvironment(
  { stage, iteration }: StageCall,
  { io, folder, settings, apiKey, isQuiet, llmEnvironment }: StageContext,
): NodeJS.ProcessEnv {
  const others = stage === 'git' ? gitEnvironment(io.env) : childEnvironment(io.env)
  const inherited = stage === 'llm' ? { ...io.env, ...llmEnvironment } : others
  return {
    ...inherited,
    ...(stage === 'llm' && apiKey !== undefined ? { LR_API_KEY: apiKey } : {}),
    ...(isQuiet ? { LR_QUIET: '1' } : {}),
    LR_RUN_DIR: folder.path,
    LR_ITERATION: String(iteration),
    LR_SOURCES: settings.stages.sources.join('\n'),
    ...windowEnvironment(settings, llmEnvironment),
    ...(settings.configuration.file === undefined ? {} : { LR_CONFIG: settings.configuration.file }),
    ...(settings.configuration.profile === undefined ? {} : { LR_PROFILE: settings.configuration.profile }),
  }
}

/** The window of a model whose server the run has started is found last. */
function windowEnvironment({ stages }: LoopSettings, llmEnvironment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const tokens = llmEnvironment[WINDOW_VARIABLE] ?? stages.modelWindow?.tokens
  return tokens === undefined ? {} : { [WINDOW_VARIABLE]: String(tokens) }
}

/**
 * The output of a stage, as parts.
 *
 * @throws CommandError (2) where it is no whole block stream
 */
export function readOutput({ stage, output }: StageResult): Part[] {
  try {
    return parseStream(decodeUtf8(readFileSync(output), `${stage} stage (${output})`))
  } catch (error) {
    if (error instanceof StreamError)
      throw new CommandError(ExitStatus.Usage, `${stage} stage: ${error.message} (see ${output})`)
    throw error
  }
}
