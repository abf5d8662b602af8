import * as z from 'zod/mini'
import { Variation } from '../attempts/variation.ts'
import { END_REASONS, REPLY_KINDS } from '@loop-runner/stop-rules'

const text = z.string()
const count = z.number()

/**
 * What happens in a run: a line of `journal.jsonl` each, and of `--json-events`. Times are ISO 8601, tokens and costs (US
 * dollars; null where a call did not say) those of one reply.
 */
export const LoopEvent = z.intersection(
  z.object({ time: text }),
  z.discriminatedUnion('event', [
    /** A process took the run up: its first line, and once more after `--resume`. */
    z.object({
      event: z.literal('began'),
      /** The folder of the run, for a reader of the events. */
      run: z.optional(text),
      mark: z.object({ host: text, boot: text, pid: count, started: text }),
    }),
    /** The sources as the run found them, and the tokens that the model's window holds, if they are known. */
    z.object({
      event: z.literal('sized'),
      files: count,
      bytes: count,
      window: z.optional(z.object({ tokens: count, model: text, source: text })),
    }),
    /**
     * Written before and after a stage, as `ITERATION/STAGE.{in,out,err}` names it: `llm`, `git-commit`. `bytes` is the size
     * of a prompt.
     */
    z.object({ event: z.literal('started'), stage: text, iteration: count, bytes: z.optional(count) }),
    z.object({ event: z.literal('ended'), stage: text, iteration: count, status: count }),
    /** A value that must be the same after `--resume`. */
    z.object({ event: z.literal('found'), name: text, value: text }),
    /** lr-llm waits before it sends a request again: `reason` is its kind of failure, `until` the end as ISO 8601. */
    z.object({
      event: z.literal('waiting'),
      iteration: count,
      cause: z.enum(['retry', 'rate-limit']),
      model: text,
      reason: text,
      message: text,
      seconds: count,
      until: text,
    }),
    z.object({ event: z.literal('branched'), branch: text }),
    /** `check` distinguishes several checks of an iteration; `said` describes the failure in one line. */
    z.object({
      event: z.literal('checked'),
      iteration: count,
      check: z.optional(text),
      passed: z.boolean(),
      score: count,
      /** Whether tests or check scripts were changed, so that the check is not reliable. */
      tampered: z._default(z.boolean(), false),
      said: text,
      /** Doubts about the result of a check: suspicious code, a doubtful pass. */
      doubts: z._default(z.array(text), []),
      /** Known failures that were left out. */
      known: z._default(count, 0),
    }),
    /** The hidden check, after a check that passes; `said` tells whether it was stopped. */
    z.object({
      event: z.literal('confirmed'),
      iteration: count,
      check: z.optional(text),
      passed: z.boolean(),
      said: z._default(text, ''),
    }),
    z.object({
      event: z.literal('replied'),
      iteration: count,
      reply: z.enum(REPLY_KINDS),
      declared: z.boolean(),
      /** The text of the model besides new versions, and the reasons for rejected versions. */
      explanation: z._default(text, ''),
      rejected: z._default(z.array(text), []),
      files: z.array(text),
      tokens: count,
      /** How many of them came from the provider's cache. */
      cached: z.optional(count),
      cost: z.nullable(count),
      /** Whether tokens and cost are estimates, since the server reported no usage. */
      estimated: z.optional(z.boolean()),
      commits: z.array(text),
    }),
    /** No progress: the loop starts again from the best state. */
    z.object({ event: z.literal('restarted'), iteration: count }),
    /** The files are as they were after the reply `to` again, or would be if `done` were true. */
    z.object({
      event: z.literal('returned'),
      iteration: count,
      to: count,
      score: count,
      done: z.boolean(),
      commits: z.array(text),
    }),
    /**
     * The run is stopped, and its files are brought to their best state: as after the reply `to`. `from` is the commit in which
     * they are; `replies` are those that have been written since.
     */
    z.object({
      event: z.literal('parking'),
      iteration: count,
      to: count,
      from: z.nullable(text),
      replies: z.array(count),
    }),
    z.object({
      event: z.literal('parked'),
      iteration: count,
      to: count,
      score: count,
      tree: text,
      commits: z.array(text),
    }),
    /** A resumed run has its files where it had them before it was stopped. */
    z.object({ event: z.literal('unparked'), iteration: count, commits: z.array(text) }),
    z.object({ event: z.literal('stop-command'), iteration: count, said: text }),
    /** One of several loops at the same task; its events are in its own run. */
    z.object({ event: z.literal('attempt-began'), ...Variation.shape, attempt: count }),
    z.object({
      event: z.literal('attempt-ended'),
      attempt: count,
      status: count,
      reason: z.enum([...END_REASONS, 'stopped']),
      replies: count,
      /** Of the state that it left behind. */
      score: count,
    }),
    /** The files are as this attempt left them. */
    z.object({ event: z.literal('attempt-kept'), attempt: count, commits: z.array(text) }),
    /** `error` describes the failure if a stage failed. */
    z.object({ event: z.literal('end'), status: count, reason: z.enum(END_REASONS), error: z.optional(text) }),
  ]),
)
export type LoopEvent = z.infer<typeof LoopEvent>

/** An event without its time. */
export type NewEvent = LoopEvent extends infer E ? (E extends LoopEvent ? Omit<E, 'time'> : never) : never

/** The complete lines of a journal; an incomplete last line, and lines of another version, are ignored. */
export function readEvents(journal: string): LoopEvent[] {
  return journal.split('\n').flatMap((line) => {
    try {
      const { success, data } = LoopEvent.safeParse(JSON.parse(line))
      return success ? [data] : []
    } catch {
      return []
    }
  })
}
