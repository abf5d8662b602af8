import * as z from 'zod'

/** The fields of the events of lr-loop that progress tells of; an event has those of its kind. */
const Event = z.object({
  event: z.string(),
  run: z.string().optional(),
  stage: z.string().optional(),
  iteration: z.number().optional(),
  passed: z.boolean().optional(),
  score: z.number().optional(),
  said: z.string().optional(),
  reply: z.string().optional(),
  files: z.array(z.string()).optional(),
  reason: z.string().optional(),
})
type Event = z.infer<typeof Event>

/** An event of `lr-loop --json-events`; undefined for another line, such as the summary. */
export function readEvent(line: string): Event | undefined {
  try {
    return Event.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}

/** Of the events that tell a client something. */
const DESCRIBED: Readonly<Record<string, (event: Event, calls: number) => string | undefined>> = {
  began: ({ run }) => run && `run ${run.split('/').at(-1)}`,
  started: ({ stage, iteration }, calls) => `${stage}, iteration ${iteration} of at most ${calls}`,
  checked: ({ passed, score, said }) =>
    `check ${passed ? 'passes' : 'fails'} (score ${round(score)})${said ? `: ${said}` : ''}`,
  replied: ({ iteration, reply, files = [] }) =>
    `reply ${iteration}: ${reply}${files.length > 0 ? ` (${files.join(', ')})` : ''}`,
  restarted: () => 'no progress: starts again from the best state',
  returned: ({ score }) => `back to the best state (score ${round(score)})`,
  end: ({ reason }) => `ended: ${reason}`,
}

/** An event as one line; undefined for those that tell a client nothing. */
export function describeEvent(event: Event | undefined, calls: number): string | undefined {
  return event && Object.hasOwn(DESCRIBED, event.event) ? DESCRIBED[event.event]?.(event, calls) : undefined
}

function round(score = 0): number {
  return Math.round(score * 1000) / 1000
}
