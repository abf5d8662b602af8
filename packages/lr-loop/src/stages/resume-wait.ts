import { sleep, writeSeconds } from '@loop-runner/cli-kit'
import type { LoopContext } from '../loop-context.ts'
import type { LoopEvent } from '../runs/loop-event.ts'
import { Interrupted } from '../stopping/interrupted.ts'

/**
 * Waits for the rest of a rate limit in which the run was stopped: a request before its end would be refused again. Without
 * --wait-limit, or if the rest is longer, the request is sent at once.
 *
 * @throws Interrupted if the run is stopped meanwhile
 */
export async function resumeWait(iteration: number, { io, folder, settings }: LoopContext): Promise<void> {
  const { waitLimitMs } = settings.limits
  const wait = interruptedWait(iteration, folder.journal.events)
  if (wait === undefined || waitLimitMs === undefined) return
  const restMs = Date.parse(wait.until) - Date.now()
  if (!(restMs > 0) || restMs > waitLimitMs) return
  const { time: _before, ...event } = wait
  folder.journal.record({ ...event, seconds: Math.ceil(restMs / 1000) })
  io.progress(`${wait.model}: waiting ${writeSeconds(restMs / 1000)} more for the rate limit (--wait-limit)`)
  await sleep(restMs, io.signal).catch(() => {
    throw new Interrupted()
  })
}

/** The wait in which the request of an iteration was stopped. */
function interruptedWait(
  iteration: number,
  events: readonly LoopEvent[],
): Extract<LoopEvent, { event: 'waiting' }> | undefined {
  const own = events.filter((event) => 'iteration' in event && event.iteration === iteration)
  const last = own.findLast((event) => event.event === 'waiting' || (event.event === 'ended' && event.stage === 'llm'))
  return last?.event === 'waiting' && last.cause === 'rate-limit' ? last : undefined
}
