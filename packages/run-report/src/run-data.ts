import * as z from 'zod/mini'

const count = z.number()
const text = z.string()

const Round = z.object({
  iteration: count,
  seconds: count,
  check: z.optional(
    z.object({
      passed: z.boolean(),
      score: count,
      said: text,
      /** Names a further check of the iteration, whose files are check-NAME.out. */
      check: z.optional(text),
      tampered: z.optional(z.boolean()),
      doubts: z.optional(z.array(text)),
    }),
  ),
  reply: z.optional(
    z.object({
      reply: text,
      declared: z.boolean(),
      files: z.array(text),
      tokens: count,
      cost: z.nullable(count),
      commits: z.array(text),
    }),
  ),
})

const Usage = z.object({ calls: count, tokens: count, cost: z.optional(z.nullable(count)) })

/** The parts of `lr-loop show --json` that a page shows. Times are ISO 8601, costs US dollars. */
export const RunData = z.object({
  run: text,
  state: text,
  message: text,
  next: z.array(text),
  settings: z.object({
    cwd: text,
    label: z.optional(text),
    agent: z.optional(z.object({ command: text })),
    stages: z.object({
      sources: z.array(text),
      checkCommand: z.optional(z.array(text)),
      instructions: z.optional(text),
      model: z.optional(text),
    }),
    replaced: z.record(text, text),
    limits: z.object({ iterations: count }),
  }),
  beganAt: text,
  lastAt: text,
  rounds: z.array(Round),
  branch: z.optional(text),
  commits: z.array(text),
  usage: Usage,
  end: z.optional(z.object({ status: count, reason: text, error: z.optional(text) })),
  attempts: z.array(
    z.object({
      attempt: count,
      state: text,
      passed: z.boolean(),
      score: z.optional(count),
      kept: z.boolean(),
      run: text,
      model: z.optional(text),
      temperature: z.optional(count),
      view: z.object({ rounds: z.array(Round), usage: Usage }),
    }),
  ),
})
export type RunData = z.infer<typeof RunData>
export type RoundData = z.infer<typeof Round>
