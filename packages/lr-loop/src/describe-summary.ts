import { plural, quoteCommand, visibleText } from '@loop-runner/cli-kit'
import type { AttemptResult } from './attempts/attempt-result.ts'
import { describeVariation } from './attempts/variation.ts'
import type { Summary } from './summary.ts'
import { showScore } from './show-score.ts'

const ENDS: Readonly<Record<Summary['reason'], string>> = {
  passed: 'passed: the check passes on the files as they are now',
  unconfirmed: 'stopped: the check passes, but the hidden check (--confirm) fails',
  blocked: 'stopped: the model says that it cannot be done within the files that may change',
  declared: 'stopped: the model declared again that it is done, but the check still fails',
  'no-new-versions': 'stopped: no new versions in the last replies, and the check still fails',
  identical: 'stopped: the last replies changed nothing, and the check still fails',
  oscillating: 'stopped: the files are in a state that was tried before',
  custom: 'stopped by the stop command',
  plateau: 'stopped: the score no longer changes',
  stalled: 'stopped: no progress, even from the best state with a fresh prompt',
  incomplete: 'stopped: two answers in a row were incomplete',
  iterations: 'stopped: all iterations are used, and the check still fails',
  timeout: 'stopped: the time is up, and the check still fails',
  budget: 'stopped: the budget is used up, and the check still fails',
  error: 'stopped by an error',
  interrupted: 'interrupted',
}

/** Lines of the model's last reply that are printed at the end. */
const MAX_LINES = 5

const KEEP_OR_GO_BACK = 'keep: lr-git finish, or lr-git finish --squash; take back: lr-git abandon'
const GO_BACK = 'nothing to keep: the files are as before the run; back to your branch: lr-git abandon'

/** Ends after which a run can be resumed, and the options to add. */
const GOING_ON: Readonly<Partial<Record<Summary['reason'], string>>> = {
  error: '',
  interrupted: '',
  iterations: ' --iterations N',
  timeout: '',
  budget: ' with more --max-total-tokens or --max-cost',
}

/** Why a run ended, in words. */
export function describeEnd({ status, reason }: Pick<Summary, 'status' | 'reason'>): string {
  return status === 0 && reason !== 'passed' ? `${ENDS.passed}; the loop ended for: ${reason}` : ENDS[reason]
}

/**
 * The end of a run for people: the result, and how to look at it, keep it, take it back or resume the run.
 *
 * @param ours how many replies lr-apply has written, and whether lr-git makes the commits
 */
export function describeSummary(summary: Summary, ours: OwnStages): string[] {
  const { iterations, scores, branch, commits, run, attempts } = summary
  const shown = scores.map(showScore).join(' ') || 'none'
  return [
    `${describeEnd(summary)} (${plural(iterations, 'reply', 'replies')}, scores ${shown})`,
    ...(summary.status === 0 && iterations === 0
      ? ['no request was sent (--min-iterations 1 sends one all the same)']
      : []),
    ...lastWords(summary),
    ...(summary.known > 0 ? [`${plural(summary.known, 'known failure')} left out`] : []),
    ...summary.doubts.map(visibleText),
    ...(attempts ?? []).map(describeAttempt),
    ...(branch === null ? [] : [`branch: ${branch} (${plural(commits.length, 'commit')})`]),
    ...nextCommands({ ...summary, hasAttempts: attempts !== undefined }, ours),
    ...adviceFor(summary),
    `history: ${quoteCommand(['lr-loop', 'show', run])}`,
  ]
}

/** The text of a last reply that changed nothing: it may give the reason why the check cannot pass. */
function lastWords({ rounds }: Summary): string[] {
  const { reply, explanation = '', rejected = [] } = rounds.at(-1) ?? {}
  if (reply === undefined || reply === null || reply === 'changed') return []
  const lines = explanation.split('\n').filter((line) => line.trim() !== '')
  const more = lines.length > MAX_LINES ? [`(${lines.length - MAX_LINES} more lines: lr-loop show)`] : []
  return [
    ...rejected.slice(0, MAX_LINES).map(describeRefusal),
    ...[...lines.slice(0, MAX_LINES), ...more].map((line) => `the model says: ${line}`),
  ]
}

/** A line that begins with `-:` is about no file. */
export function describeRefusal(line: string): string {
  return line.startsWith('-: ') ? line.slice(3) : `refused: ${line}`
}

/** After a failed run: the one next step, and the commands that print the last prompt and reply. */
function adviceFor({ reason, status, run, rounds, attempts }: Summary): string[] {
  const last = rounds.findLast(({ reply }) => reply !== null)?.iteration
  const texts = (['--prompt', '--reply'] as const).map((option) =>
    quoteCommand(['lr-loop', 'show', option, String(last), run]),
  )
  const isAsked = status !== 0 && last !== undefined && attempts === undefined
  return [...adviceOn({ reason, status }), ...(isAsked ? [`last prompt and reply: ${texts.join('; ')}`] : [])]
}

/** The one next step after a failed run; none for an end that needs no advice. */
export function adviceOn({ reason, status }: Pick<Summary, 'reason' | 'status'>): string[] {
  const advice = status === 0 ? undefined : ADVICE[reason]
  return advice === undefined ? [] : [`advice: ${advice}`]
}

const REPHRASE = 'say what to do with --instructions, add files with --context, or try another model (-m)'
const ADVICE: Readonly<Partial<Record<Summary['reason'], string>>> = {
  unconfirmed: 'look at what the hidden check found, and have the check cover it, or say it with --instructions',
  blocked: 'name the files that have to change as sources, or correct the check',
  declared: REPHRASE,
  'no-new-versions': REPHRASE,
  identical: REPHRASE,
  oscillating: REPHRASE,
  stalled: REPHRASE,
  plateau: REPHRASE,
  incomplete: 'use a model with a longer output, or name fewer and shorter sources',
  iterations: 'continue with more --iterations, or try another model (-m)',
}

function describeAttempt(result: AttemptResult): string {
  const { reason, iterations, scores, kept } = result
  const best = scores.length === 0 ? '' : `, best score ${showScore(Math.max(...scores))}`
  const which = `${kept ? 'kept' : 'left'}: ${describeVariation(result)}`
  return `${which}: ${reason}, ${plural(iterations, 'reply', 'replies')}${best}`
}

/** Changes that only our own stages can undo. */
interface OwnStages {
  readonly written: number
  readonly hasGit: boolean
  /** The file that explains the commits, or `none`. */
  readonly fixes: string
  /** Whether the files are again as before the first reply. */
  readonly isAsBefore: boolean
}

type Ended = Pick<Summary, 'reason' | 'branch' | 'commits' | 'run' | 'scores'> & { readonly hasAttempts: boolean }

/**
 * Commands for after a run.
 *
 * @param ours how many replies lr-apply has written, and whether lr-git makes the commits
 */
export function nextCommands(ended: Ended, ours: OwnStages): string[] {
  const { branch, commits } = ended
  if (branch !== null && !ours.hasGit) return wayOn(ended)
  const first = commits[0]?.slice(0, 12)
  const reasons = ours.fixes === 'none' ? '' : ` (what was done and why: ${ours.fixes})`
  return [
    ...(first === undefined ? [] : [`look: git diff ${first}^ ${branch ?? 'HEAD'}${reasons}`]),
    ...wayBack(ended, ours),
    ...wayOn(ended),
  ]
}

function wayBack({ branch, commits }: Ended, { written, isAsBefore }: OwnStages): string[] {
  if (branch !== null) return commits.length === 0 ? [] : [isAsBefore ? GO_BACK : KEEP_OR_GO_BACK]
  const count = written === 1 ? '' : ` ${written}`
  return written === 0 ? [] : [`take back: lr-apply --undo${count}`]
}

/** How to resume a run; if attempts have reached a limit, one of them has been chosen. */
function wayOn({ reason, run, scores, hasAttempts }: Ended): string[] {
  // A check that could not run at all ends a resumed run in the same way.
  if (!(reason in GOING_ON) || (reason === 'error' && scores.length === 0)) return []
  const isCutShort = reason === 'error' || reason === 'interrupted'
  if (hasAttempts && !isCutShort) return ['to continue: start a new run from the files as they are now']
  return [`resume: ${quoteCommand(['lr-loop', '--resume', run])}${GOING_ON[reason]}`]
}
