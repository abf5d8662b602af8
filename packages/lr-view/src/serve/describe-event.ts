import type { LoopEvent } from '@loop-runner/run-report'

const REPLIES: Readonly<Record<string, string>> = {
  unchanged: 'every file is sent as it is',
  rejected: 'every new version was rejected',
  nothing: 'no new versions',
  asked: 'the model asked to see more files',
  blocked: 'the model reports that it cannot be done',
  incomplete: 'the reply was incomplete and was not used',
}
type Describe = (event: LoopEvent) => string | undefined

/** As `lr-loop show --follow` prints them. */
const EVENTS: Readonly<Record<string, Describe>> = {
  began: () => 'a process works on the run',
  started: ({ stage, iteration }) =>
    stage === 'llm' ? `iteration ${text(iteration)}: request to the model` : undefined,
  checked: ({ passed, score, said }) =>
    `check ${passed === true ? 'passes' : 'fails'} (score ${Number(score).toFixed(2)})${said === '' ? '' : `: ${text(said)}`}`,
  replied: ({ reply, files, rejected }) =>
    [
      reply === 'changed' ? `new versions: ${list(files).join(', ')}` : (REPLIES[text(reply)] ?? text(reply)),
      ...list(rejected).map((line) => `not applied: ${line}`),
    ].join('\n'),
  restarted: () => 'no progress: starting again from the best state',
  returned: ({ to, done, score }) =>
    done === true
      ? `back to the best state: after reply ${text(to)}, score ${Number(score).toFixed(2)}`
      : `the best state was after reply ${text(to)}`,
  'stop-command': ({ said }) => `the stop command reports: ${text(said)}`,
  'attempt-began': ({ attempt }) => `attempt ${text(attempt)} begins`,
  'attempt-ended': ({ attempt, reason, replies, score }) =>
    `attempt ${text(attempt)}: ${text(reason)} (${text(replies)} replies, score ${Number(score).toFixed(2)})`,
  'attempt-kept': ({ attempt }) => `the files are as attempt ${text(attempt)} left them`,
  end: ({ reason, error }) => (error === undefined ? text(reason) : `${text(reason)}: ${text(error)}`),
}

/** An event for the log of a page; undefined for those that are of no use to a reader. */
export function describeEvent(event: LoopEvent): string | undefined {
  return Object.hasOwn(EVENTS, event.event) ? EVENTS[event.event]?.(event) : undefined
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function list(value: unknown): string[] {
  return Array.isArray(value) ? value.map(text) : []
}
