import * as z from 'zod/mini'
import { UsageError } from '@loop-runner/cli-kit'
import { COMMAND_MODELS } from '@loop-runner/stage-protocol/model-names'

/** The number of attempts at a task, and how they differ. */
export const AttemptPlan = z.object({
  count: z.number(),
  /** So many at once. */
  jobs: z.number(),
  /** Empty: all ask the same model. */
  models: z.array(z.string()),
  /** Empty: as the model or the configuration has it. */
  temperatures: z.array(z.number()),
  /** The first attempt's; each further one has the next number. */
  seed: z.optional(z.number()),
  /** How the tree of an attempt gets files that git ignores. */
  ignored: z.enum(['copy', 'link', 'none']),
})
export type AttemptPlan = z.infer<typeof AttemptPlan>

/** Settings by which an attempt differs from others. */
export const Variation = z.object({
  /** From 1; undefined for a loop that is alone. */
  attempt: z.optional(z.number()),
  model: z.optional(z.string()),
  temperature: z.optional(z.number()),
  seed: z.optional(z.number()),
})
export type Variation = z.infer<typeof Variation>

/** The attempts that the options of the command line request. */
export interface AttemptOptions {
  readonly attempts: number | undefined
  readonly jobs: number
  readonly models: readonly string[]
  readonly temperatures: readonly string[]
  readonly seed: number | undefined
  readonly ignored: AttemptPlan['ignored']
}

/** As many attempts as there are models and temperatures to combine, unless another number is given. */
export function planAttempts({ attempts, jobs, seed, ignored, ...lists }: AttemptOptions): AttemptPlan {
  const models = lists.models.flatMap(splitModels)
  const temperatures = lists.temperatures.flatMap((value) => value.split(',')).map(parseTemperature)
  const count = attempts ?? Math.max(1, models.length) * Math.max(1, temperatures.length)
  return { count, jobs, models, temperatures, ...(seed === undefined ? {} : { seed }), ignored }
}

/** The models take turns; when all have had theirs the temperature is the next one. */
export function variationOf(attempt: number, { models, temperatures, seed }: AttemptPlan): Variation {
  const index = attempt - 1
  const model = models[index % models.length]
  const temperature = temperatures[Math.floor(index / Math.max(1, models.length)) % temperatures.length]
  return {
    attempt,
    ...(model === undefined ? {} : { model }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(seed === undefined ? {} : { seed: seed + index }),
  }
}

/**
 * Environment variables that give each stage the number of its attempt, and lr-llm, replaced or not, its model
 * settings.
 */
export function variationEnvironment({ attempt, model, temperature, seed }: Variation): NodeJS.ProcessEnv {
  return {
    ...(attempt === undefined ? {} : { LR_ATTEMPT: String(attempt) }),
    ...(model === undefined ? {} : { LR_LLM_MODEL: model }),
    ...(temperature === undefined ? {} : { LR_LLM_TEMPERATURE: String(temperature) }),
    ...(seed === undefined ? {} : { LR_LLM_SEED: String(seed) }),
  }
}

/** For a person: `attempt 2 (groq, temperature 0.4)`. */
export function describeVariation(variation: Variation): string {
  const traits = describeTraits(variation)
  return `attempt ${variation.attempt}${traits === '' ? '' : ` (${traits})`}`
}

/** A description of how an attempt differs from the others; empty if it does not. */
export function describeTraits({ model, temperature, seed }: Variation): string {
  return [
    ...(model === undefined ? [] : [model]),
    ...(temperature === undefined ? [] : [`temperature ${temperature}`]),
    ...(seed === undefined ? [] : [`seed ${seed}`]),
  ].join(', ')
}

/** A command may hold commas of its own. */
function splitModels(value: string): string[] {
  const isCommand = COMMAND_MODELS.some((start) => value.startsWith(start))
  const models = isCommand ? [value] : value.split(',').map((model) => model.trim())
  if (models.includes('')) throw new UsageError(`option --models: "${value}" has an empty name in it`)
  return models
}

function parseTemperature(text: string): number {
  const temperature = Number(text)
  if (text.trim() !== '' && temperature >= 0 && temperature <= 2) return temperature
  throw new UsageError(
    `option --temperatures: "${text}" is not a temperature (use numbers from 0 to 2, such as 0,0.4,0.8)`,
  )
}
