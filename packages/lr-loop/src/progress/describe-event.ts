import { describeVariation } from '../attempts/variation.ts'
import type { Limits } from '@loop-runner/stop-rules'
import type { LoopEvent } from '../runs/loop-event.ts'
import type { LoopSettings } from '../settings.ts'
import { plural, writeTokens } from '@loop-runner/cli-kit'
import { showScore } from '../show-score.ts'

export const ASKING_MODEL = 'asking the model'
export const RUNNING_AGENT = 'running the agent'

/** The settings that descriptions name. */
type Spoken = Pick<LoopSettings, 'limits' | 'agent'>
type Event<E extends LoopEvent['event']> = Extract<LoopEvent, { event: E }>

/** Describes an event in one line; undefined if it is not displayed. */
export function describeEvent(event: LoopEvent, settings: Spoken): string | undefined {
  if ('attempt' in event) return describeAttempt(event)
  return isSilent(event) ? undefined : describeStep(event, settings)
}

/** Of its waits the llm stage reports itself. */
const SILENT = ['began', 'ended', 'found', 'branched', 'waiting', 'parking', 'end'] as const
type SilentEvent = Event<(typeof SILENT)[number]>

function isSilent(event: LoopEvent): event is SilentEvent {
  return SILENT.some((name) => name === event.event)
}

type AttemptEvent = Event<'attempt-began' | 'attempt-ended' | 'attempt-kept'>

function describeAttempt(event: AttemptEvent): string {
  switch (event.event) {
    case 'attempt-began':
      return `${describeVariation(event)} begins`
    case 'attempt-ended':
      return describeAttemptEnd(event)
    case 'attempt-kept':
      return `the files are as attempt ${event.attempt} left them`
  }
}

function describeStep(event: Exclude<LoopEvent, AttemptEvent | SilentEvent>, settings: Spoken) {
  switch (event.event) {
    case 'started':
      return describeStart(event, settings)
    case 'sized':
      return describeSize(event)
    case 'checked':
      return describeCheck(event)
    case 'confirmed':
      return describeConfirmation(event)
    case 'replied':
      return describeReply(event) + uncounted(event, settings.limits)
    case 'restarted':
      return 'no progress: starting again from the best state'
    case 'returned':
      return describeReturn(event)
    case 'parked':
      return describeReturn({ ...event, done: true })
    case 'unparked':
      return 'the files are as they were before the run was stopped'
    case 'stop-command':
      return `the stop command says: ${event.said}`
  }
}

function describeStart({ stage, iteration, bytes }: Event<'started'>, { limits, agent }: Spoken): string | undefined {
  const size = bytes === undefined ? '' : ` (prompt: ${writeTokens(bytes)})`
  if (stage !== 'llm') return undefined
  return `iteration ${iteration} of at most ${limits.iterations}: ${agent ? RUNNING_AGENT : ASKING_MODEL}${size}`
}

/** The sources of a run, or of an lr.yaml. */
export function describeSize({ files, bytes, window }: Omit<Event<'sized'>, 'event' | 'time'>): string {
  const size = files === 0 ? '' : `, ${plural(bytes, 'byte')}, ${writeTokens(bytes)}`
  return `sources: ${plural(files, 'file')}${size}${window ? `; ${describeWindow(window)}` : ''}`
}

export function describeWindow({ tokens, model, source }: NonNullable<Event<'sized'>['window']>): string {
  return `window of ${model}: ${plural(tokens, 'token')} (${source})`
}

function uncounted({ tokens, cost, estimated }: Event<'replied'>, { maxCost, maxTokens }: Limits): string {
  if (estimated === true && (maxCost ?? maxTokens) !== undefined)
    return ' (the server reports no usage: it is estimated)'
  if (tokens === 0 && maxTokens !== undefined)
    return ' (no usage is reported, so --max-total-tokens cannot hold: set --iterations or --deadline)'
  const isCounted = maxCost === undefined || cost !== null
  return isCounted ? '' : ' (what it costs is not known, so --max-cost cannot hold: set a price, or --max-total-tokens)'
}

function describeCheck({ passed, score, said }: Event<'checked'>): string {
  return `check ${passed ? 'passes' : 'fails'} (score ${showScore(score)})${said === '' ? '' : `: ${said}`}`
}

function describeConfirmation({ passed, said }: Event<'confirmed'>): string {
  return `the hidden check ${passed ? 'passes' : 'fails'}${said === '' ? '' : `: it ${said}`}`
}

function describeAttemptEnd({ attempt, reason, replies, score }: Event<'attempt-ended'>): string {
  return `attempt ${attempt}: ${reason} (${plural(replies, 'reply', 'replies')}, score ${showScore(score)})`
}

function describeReturn({ to, score, done }: Pick<Event<'returned'>, 'to' | 'score' | 'done'>): string {
  return done
    ? `back to the best state: after reply ${to}, score ${showScore(score)}`
    : `the best state was after reply ${to}; without our git stage the files stay as they are`
}

/** Describes the result of a reply. */
export function describeReply({ reply, files }: Event<'replied'>): string {
  const words = {
    changed: `new versions: ${files.join(', ') || 'written'}`,
    unchanged: 'every version equals the file as it is',
    rejected: 'every version was refused',
    nothing: 'no new versions',
    asked: 'the model asked to see more files',
    blocked: 'the model says that it cannot be done',
    incomplete: 'the answer was incomplete and was not used',
  }
  return words[reply]
}
