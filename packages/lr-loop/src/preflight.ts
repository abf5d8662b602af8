import { refuseOptions } from './attempts/refuse-unfit.ts'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import {
  CommandError,
  ExitStatus,
  type Io,
  plural,
  runProcess,
  UsageError,
  workingTreeOf,
  writeCost,
} from '@loop-runner/cli-kit'
import { LIMITS_OPTIONS } from './options/limits-options.ts'
import { askProgram } from './ask-program.ts'
import { requireKnown } from './known.ts'
import {
  type FoundModel,
  lookUpModel,
  type ModelFile,
  type ModelWindow,
  type PaidModel,
  smallestWindow,
} from './look-up-model.ts'
import { requireSources } from './require-sources.ts'
import type { LoopSettings } from './settings.ts'
import { keptTestsOf, testFoldersOf } from './kept-tests.ts'

/** The models and sources of a run, for its stages. */
interface Facts {
  /** Tests among the sources that no reply may change. */
  readonly keptTests?: string[]
  /** The smallest window of the models in tokens, of those whose window is known. */
  readonly modelWindow?: ModelWindow
  /** The model files that requests may need. */
  readonly modelFiles?: ModelFile[]
}

/**
 * Finds out what can be known before anything is made and before a request is paid for.
 *
 * @throws CommandError (3) without a repository or an API key, UsageError for a source that cannot be written, an unknown model,
 *   or one whose price is unknown beside --max-cost
 */
export async function preflight(settings: LoopSettings, apiKey: string | undefined, io: Io): Promise<Facts> {
  const keptTests = await requireLoopable(settings, io)
  return { ...(await requireModels(settings, apiKey, io)), ...(keptTests.length === 0 ? {} : { keptTests }) }
}

/**
 * @returns the tests among the sources that no reply may change
 * @throws CommandError (3) without a repository, UsageError for a source that cannot be written
 */
export async function requireLoopable(settings: LoopSettings, io: Io): Promise<string[]> {
  refuseOptions(settings)
  requireRepository(settings, io.env)
  requireKnown(settings, io)
  const { cwd, stages } = settings
  await requireSources(settings, testFoldersOf(stages.sources, cwd), io)
  await requireCheckers(settings, io)
  return keptTestsOf(stages.sources, cwd, io.env)
}

/** lr-check knows the checkers and the checks of lr.yaml; only a check stage of our own takes them. */
async function requireCheckers({ cwd, stages, replaced, configuration }: LoopSettings, io: Io): Promise<void> {
  if (stages.linters.length === 0 || replaced.check !== undefined) return
  const { file, profile } = configuration
  const args = [
    ...stages.linters.map((list) => `--checkers=${list}`),
    ...(file === undefined ? [] : [`--config=${file}`]),
    ...(profile === undefined ? [] : [`--profile=${profile}`]),
  ]
  const { status, stderr } = await askProgram('lr-check', [...args, '--doctor'], { ...io, cwd })
  if (status === ExitStatus.Usage) throw new UsageError(stderr.replace(/^lr-check: /, ''))
}

function requireRepository({ cwd, withGit, replaced }: LoopSettings, env: NodeJS.ProcessEnv): void {
  if (!withGit || replaced.git !== undefined || env['GIT_DIR'] !== undefined) return
  if (existsSync(join(workingTreeOf(cwd), '.git'))) return
  throw new CommandError(
    ExitStatus.Failed,
    `${cwd}: not a git repository (git init, or use --no-git to work without branch and commits)`,
  )
}

/** lr-llm knows the providers, their model names and where keys are; models that need neither are not looked up. */
async function requireModels(settings: LoopSettings, apiKey: string | undefined, io: Io): Promise<Facts> {
  if (settings.agent) await requireAgent(settings.agent.command, io)
  if (settings.agent || settings.replaced.llm !== undefined) return {}
  const models = settings.attempts?.models ?? []
  const found: FoundModel[] = []
  for (const model of models.length > 0 ? models : [settings.stages.model]) {
    if (model !== undefined && isKnownWithoutLookUp(model, settings)) continue
    found.push(await requireModel({ ...settings.stages, model }, apiKey, settings, io))
  }
  const paid = found.flatMap((one) => one.paid)
  warnOfCost(paid, settings, io)
  const modelWindow = smallestWindow(found.map((one) => one.window))
  const modelFiles = found.flatMap(({ files }) => files)
  return {
    ...(modelWindow === undefined ? {} : { modelWindow }),
    ...(modelFiles.length === 0 ? {} : { modelFiles }),
  }
}

/**
 * Whether a model is a command or a recording: lr-llm need not be asked about its provider, price or key.
 *
 * @throws CommandError (3) for a recording that is not there
 */
function isKnownWithoutLookUp(model: string, { cwd }: LoopSettings): boolean {
  const path = /^replay:(.*)$/s.exec(model)?.[1]
  if (path === undefined) return model.startsWith('exec:')
  if (!existsSync(resolve(cwd, path))) throw new CommandError(ExitStatus.Failed, `${path}: no such file or directory`)
  return true
}

/** The default number of iterations is no limit that a user has set. */
function warnOfCost(paid: readonly PaidModel[], { limits }: LoopSettings, io: Io): void {
  const { maxCost, maxTokens, iterations } = limits
  const announced = maxCost === undefined ? [] : new Set(paid.map(describeLimit))
  for (const line of announced) io.progress(line)
  const isCapped = maxCost !== undefined || maxTokens !== undefined || iterations !== LIMITS_OPTIONS.iterations.default
  if (paid.length === 0 || isCapped) return
  io.warn(
    `${[...new Set(paid.map(({ label }) => label))].join(', ')}: up to ${iterations} requests without a limit on their cost (set --max-cost USD)`,
  )
}

/** A request is sent as long as something is left: the last answer may cost more than that. */
function describeLimit({ label, price, longest = 0 }: PaidModel): string {
  if (!price) return `${label}: the server reports the cost; the last answer may exceed --max-cost`
  const most = writeCost((longest * price.output) / 1e6)
  return `${label}: the last answer may exceed --max-cost by up to ${most} (${plural(longest, 'token')}; less with max-tokens for llm in lr.yaml)`
}

/** A program with a plain name, or a shell builtin; other forms are not looked up. */
async function requireAgent(command: string, { cwd, env, ...io }: Io): Promise<void> {
  const [program] = /^[\w.+-]+(?=\s|$)/.exec(command) ?? []
  if (program === undefined) return
  const request = {
    file: 'sh',
    args: ['-c', 'command -v "$1"', 'sh', program],
    cwd,
    env,
    stdout: () => {},
    stderr: () => {},
  }
  const { status } = await runProcess(request, io)
  if (status === 0) return
  throw new CommandError(ExitStatus.Failed, `--agent: ${program}: not found on PATH (install it, or give its path)`)
}

async function requireModel(
  stages: LoopSettings['stages'],
  apiKey: string | undefined,
  settings: LoopSettings,
  io: Io,
): Promise<FoundModel> {
  const found = await lookUpModel(stages, apiKey, settings, io)
  const { status, problem } = found
  if (status === ExitStatus.Yes) return found
  if (status === ExitStatus.Usage) throw new UsageError(problem)
  throw new CommandError(status, problem)
}
