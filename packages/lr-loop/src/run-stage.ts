import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { parseStream, type Part, StreamError } from '@loop-runner/block-format'
import { childEnvironment, CommandError, decodeUtf8, ExitStatus, type Io, runProcess } from '@loop-runner/cli-kit'
import type { RunFolder } from './run-folder.ts'
import type { Stage } from './stage.ts'
import { stageArguments, type StageSettings } from './stage-arguments.ts'

/** Everything that stays the same for all stages of a run. */
export interface StageContext {
  readonly io: Io
  readonly folder: RunFolder
  readonly settings: StageSettings
  /** Shell commands by which stages are replaced. */
  readonly replaced: Readonly<Partial<Record<Stage, string>>>
  readonly apiKey: string | undefined
}

/** One start of a stage. */
export interface StageCall {
  readonly stage: Stage
  readonly iteration: number
  /** A file to read as its standard input; nothing where there is none. */
  readonly input: string | undefined
  readonly action?: string
}

export interface StageResult {
  readonly stage: Stage
  readonly status: number
  /** The file that holds what it printed. */
  readonly output: string
}

/** Runs a stage; its input, output and messages are files of the run's folder, its messages are passed on as they come. */
export async function runStage(call: StageCall, context: StageContext): Promise<StageResult> {
  const { io, folder } = context
  const name = call.action === undefined ? call.stage : `${call.stage}-${call.action}`
  const output = folder.file(call.iteration, name, 'out')
  folder.record({ event: 'stage', stage: name, iteration: call.iteration })
  const opened = [
    openSync(call.input ?? '/dev/null', 'r'),
    openSync(output, 'w', 0o600),
    openSync(folder.file(call.iteration, name, 'err'), 'w', 0o600),
  ] as const
  const [stdin, stdout, log] = opened
  const stderr = (chunk: Buffer) => {
    writeSync(log, chunk)
    void io.stderr.write(Buffer.from(chunk)).catch(() => {})
  }
  try {
    const result = await runProcess({ ...startOf(call, context), cwd: io.cwd, stdin, stdout, stderr }, io)
    folder.record({ event: 'ended', stage: name, iteration: call.iteration, status: result.status })
    return { stage: call.stage, status: result.status, output }
  } finally {
    for (const descriptor of opened) closeSync(descriptor)
  }
}

function startOf(call: StageCall, context: StageContext) {
  const { io, replaced, settings } = context
  const command = replaced[call.stage]
  const env = stageEnvironment(call, context)
  if (command !== undefined) {
    const action = call.action === undefined ? [] : [call.action]
    return { file: 'sh', args: ['-c', `${command} "$@"`, 'sh', ...action], env }
  }
  const { file, args } = io.ownProgram(`lr-${call.stage}`)
  return { file, args: [...args, ...stageArguments(call.stage, settings, call.action)], env }
}

/** Keys are for the llm stage alone; `GIT_*` for the git stage alone. */
function stageEnvironment(
  { stage, iteration }: StageCall,
  { io, folder, settings, apiKey }: StageContext,
): NodeJS.ProcessEnv {
  const gitNames = stage === 'git' ? Object.keys(io.env).filter((name) => name.startsWith('GIT_')) : []
  const inherited = stage === 'llm' ? io.env : childEnvironment(io.env, gitNames)
  return {
    ...inherited,
    ...(stage === 'llm' && apiKey !== undefined ? { LR_API_KEY: apiKey } : {}),
    LR_RUN_DIR: folder.path,
    LR_ITERATION: String(iteration),
    LR_SOURCES: settings.sources.join('\n'),
  }
}

/**
 * What a stage printed, as parts.
 *
 * @throws CommandError (2) where it is no whole block stream
 */
export function readOutput({ stage, output }: StageResult): Part[] {
  try {
    return parseStream(decodeUtf8(readFileSync(output), `${stage} stage`))
  } catch (error) {
    if (error instanceof StreamError)
      throw new CommandError(ExitStatus.Usage, `${stage} stage: ${error.message} (see ${output})`)
    throw error
  }
}
