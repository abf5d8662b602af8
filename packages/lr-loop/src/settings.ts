import { resolve } from 'node:path'
import * as z from 'zod/mini'
import { type Call, reasonOf, splitWords, UsageError } from '@loop-runner/cli-kit'
import { AttemptPlan, planAttempts, Variation, variationOf } from './attempts/variation.ts'
import { instructionsOf } from './instructions-of.ts'
import { knownOf } from './known.ts'
import type { LOOP_OPTIONS } from './options.ts'

const optionalText = z.optional(z.string())
const optionalNumber = z.optional(z.number())

/** Everything that a run was asked for, as `settings.json` keeps it. Keys for models are never part of it. */
export const LoopSettings = z.object({
  cwd: z.string(),
  /** The configuration file and the profile that were named, for the stages to read the same. */
  configuration: z.object({ file: optionalText, profile: optionalText }),
  stages: z.object({
    sources: z.array(z.string()),
    /** Tests among the sources that no reply may change: folders with a slash at the end, and files. */
    keptTests: z.optional(z.array(z.string())),
    /** Files that the model sees and may not change. */
    context: z.array(z.string()),
    checkCommand: z.optional(z.array(z.string())),
    linters: z.array(z.string()),
    checkTimeoutMs: optionalNumber,
    /** The hidden check. */
    confirmCommand: z.optional(z.array(z.string())),
    instructions: optionalText,
    /** The form of reply that the model is asked for; undefined: as lr-prompt decides. */
    reply: optionalText,
    model: optionalText,
    url: optionalText,
    /** The tokens of the model's window, if they are known, and where the figure is from. */
    modelWindow: z.optional(z.object({ tokens: z.number(), model: z.string(), source: z.string() })),
    local: z.boolean(),
    /** Model files by the names that requests have for them: one service each holds them for the run. */
    modelFiles: z.optional(z.array(z.object({ path: z.string(), name: z.string() }))),
    branch: optionalText,
    dirty: z.string(),
    /** The file that explains the commits, or `none`. */
    fixes: z._default(z.string(), 'FIXES.md'),
  }),
  /** The agent that takes the place of prompt format, model and reply; undefined for a model. */
  agent: z.optional(z.object({ command: z.string(), timeoutMs: optionalNumber, usageFrom: optionalText })),
  /** Shell commands by which stages are replaced. */
  replaced: z.partialRecord(z.enum(['check', 'prompt', 'llm', 'apply', 'git']), z.string()),
  limits: z.object({
    iterations: z.number(),
    minIterations: optionalNumber,
    /** The score from which a check passes, instead of its own verdict. */
    threshold: optionalNumber,
    plateau: optionalNumber,
    patience: optionalNumber,
    timeoutMs: optionalNumber,
    /** At which a stage that is at work is stopped. */
    deadlineMs: optionalNumber,
    /** For rate limits to reset, per request. */
    waitLimitMs: optionalNumber,
    maxTokens: optionalNumber,
    maxCost: optionalNumber,
  }),
  /** A name for runs of the same kind. */
  label: optionalText,
  withGit: z.boolean(),
  /** Whether tests and check scripts must stay as they were at the first check. */
  guards: z.boolean(),
  canary: z.boolean(),
  /** The failures that do not count; undefined: all failures count. */
  known: z.optional(
    z.object({
      /** A file of lr-check --known or a run; undefined: the failures of the first check. */
      from: optionalText,
      /** So many of them count all the same. */
      fix: z.number(),
    }),
  ),
  strict: z.boolean(),
  /** How often a failing check is run again before the first reply. */
  recheck: z.number(),
  /** Which state is left behind. */
  keep: z.enum(['best', 'last']),
  /** Commands that may end the loop, in order. */
  stopCommands: z.array(z.string()),
  /** Several tries at the task; undefined for a single one, in the tree itself. */
  attempts: z.optional(AttemptPlan),
  variation: Variation,
  /** The folder of the run that this is an attempt of. */
  parent: optionalText,
})
export type LoopSettings = z.infer<typeof LoopSettings>

/** The settings of a new run, from a command line. */
export function settingsOf({ options, typed }: Call<typeof LOOP_OPTIONS>, cwd: string): LoopSettings {
  if (options.sources.length === 0)
    throw new UsageError('which files may change? (name them: lr-loop SOURCE… [-- CHECK COMMAND…]; or: lr-loop init)')
  const { check, prompt, llm, apply, git } = options
  const plan = planAttempts(options)
  const { attempt: _alone, ...variation } = variationOf(1, plan)
  return {
    cwd,
    configuration: {
      file: options.config === undefined ? undefined : resolve(cwd, options.config),
      profile: options.profile,
    },
    stages: {
      sources: [...options.sources],
      context: options.context.map((path) => path.replace(/^(\.\/)+/, '')),
      checkCommand: options['check-command'] && [...options['check-command']],
      linters: [...options.checkers],
      checkTimeoutMs: options['check-timeout'],
      confirmCommand: options.confirm === undefined ? undefined : wordsOf(options.confirm),
      instructions: instructionsOf(options, cwd),
      reply: options.reply,
      model: variation.model ?? options.model,
      url: urlOf({ options, typed }),
      local: options.local,
      branch: options.branch,
      dirty: options.dirty,
      fixes: options.fixes,
    },
    replaced: Object.fromEntries(
      Object.entries({ check, prompt, llm, apply, git }).filter(([, value]) => value !== undefined),
    ),
    limits: limitsOf({ options, typed }),
    agent: agentOf({ options, typed }),
    label: options.label,
    withGit: !options['no-git'],
    guards: !options['no-guard'],
    canary: !options['no-canary'],
    known: knownOf(options, cwd),
    strict: options.strict,
    recheck: options.recheck,
    keep: options.keep,
    stopCommands: [...options['stop-command']],
    attempts: plan.count > 1 ? plan : undefined,
    variation: plan.count > 1 ? {} : variation,
  }
}

/** A provider on the command line counts more than an address that is not on it, as for lr-llm. */
function urlOf({ options, typed }: Pick<Call<typeof LOOP_OPTIONS>, 'options' | 'typed'>): string | undefined {
  const namesProvider = typed.has('model') && options.model?.includes('/')
  return namesProvider && !typed.has('url') ? undefined : options.url
}

function agentOf({ options, typed }: Pick<Call<typeof LOOP_OPTIONS>, 'options' | 'typed'>): LoopSettings['agent'] {
  const { agent: command } = options
  const surplus = (['agent-timeout', 'usage-from'] as const).find((name) => command === undefined && typed.has(name))
  if (surplus !== undefined) throw new UsageError(`option --${surplus}: needs --agent`)
  if (command === undefined) return undefined
  if (command.trim() === '') throw new UsageError('option --agent: expected a command')
  const other = (['llm', 'apply', 'model', 'models', 'local', 'reply'] as const).find((name) => typed.has(name))
  if (other !== undefined) throw new UsageError(`option --${other}: cannot be used with --agent, which replaces it`)
  const usageFrom = options['usage-from']
  if (usageFrom !== undefined) requirePattern(usageFrom)
  return { command, timeoutMs: options['agent-timeout'], usageFrom }
}

function requirePattern(pattern: string): void {
  try {
    RegExp(pattern)
  } catch (error) {
    throw new UsageError(`option --usage-from: ${reasonOf(error)}`)
  }
  if (/\(\?<(?:input|output|tokens|cost)>/.test(pattern)) return
  throw new UsageError('option --usage-from: none of its groups is named input, output, tokens or cost: (?<tokens>…)')
}

/** A shell reads what only a shell can. */
function wordsOf(command: string): string[] {
  try {
    return splitWords(command, 'option --confirm')
  } catch {
    return ['sh', '-c', command]
  }
}

function limitsOf({ options, typed }: Pick<Call<typeof LOOP_OPTIONS>, 'options' | 'typed'>): LoopSettings['limits'] {
  return {
    iterations: options.iterations,
    // A task on the command line is a request, also if the check passes already.
    minIterations:
      options['min-iterations'] ?? (typed.has('instructions') || typed.has('instructions-file') ? 1 : undefined),
    threshold: options.threshold,
    plateau: options.plateau,
    patience: options.patience,
    timeoutMs: options['max-time'],
    deadlineMs: options.deadline,
    waitLimitMs: options['wait-limit'],
    maxTokens: options['max-total-tokens'],
    maxCost: options['max-cost'],
  }
}
