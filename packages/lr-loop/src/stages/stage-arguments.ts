import { UNCHANGED_SENTENCE } from '@loop-runner/stage-protocol'
import type { LoopSettings } from '../settings.ts'
import type { Stage } from './stage.ts'

/** The data that the loop's own stages need. */
type StageSettings = LoopSettings['stages']

/** Values that differ between starts and runs. */
interface StageStart {
  /** The action of the git stage: `start` or `commit`. */
  readonly action: string | undefined
  /** The scripts that the check command starts. */
  readonly judges: readonly string[]
  /** Where tests and check scripts are recorded, and whether to record them now. */
  readonly guard: { readonly file: string; readonly isFirst: boolean }
  /** The file of the run that has the failures that do not count, or those of the first check. */
  readonly known: string
  /** The file of the run for the results of each test. */
  readonly tests: string
  /** Whether the check is the hidden one. */
  readonly isConfirm: boolean
  /** Where lr-llm reports its waits. */
  readonly waits: string
}

/** The arguments with which the loop starts its own program for a stage. Keys are never among them. */
export function stageArguments(stage: Stage, all: LoopSettings, start: StageStart): string[] {
  const { stages: settings, limits } = all
  const { action, judges, guard, isConfirm, waits } = start
  switch (stage) {
    case 'check':
      return [
        ...guardArguments(guard, all),
        ...(isConfirm ? [] : knownArguments(start, all)),
        ...checkArguments(settings, isConfirm),
      ]
    case 'prompt':
      return promptArguments(all)
    case 'llm':
      return [...llmArguments(settings), ...waitArguments(limits), `--events=${waits}`, '--usage']
    case 'apply':
      if (action !== undefined) return ['--undo']
      return [...(all.agent === undefined ? [] : EXACT), ...applyArguments(judges, settings)]
    case 'git':
      return gitArguments(action, settings)
  }
}

function promptArguments(all: LoopSettings): string[] {
  const { stages: settings, agent } = all
  const added = agent === undefined ? unchangedTests(settings) : agentInstructions(settings)
  return [
    ...(added === '' ? [] : [`--instructions=${added}`]),
    ...(added === '' || settings.instructions !== undefined ? [] : ['--task=fix']),
    ...(settings.instructions === undefined ? [] : [`--instructions=${settings.instructions}`]),
    ...(agent === undefined ? [] : ['--reply=none']),
    ...(settings.reply === undefined ? [] : [`--reply=${settings.reply}`]),
    ...settings.context.map((path) => `--context=${path}`),
    // A score below the threshold is to be improved even if the check passes.
    ...(mayPass(all) ? ['--always'] : []),
  ]
}

/** Changes of an agent are taken byte for byte, and each file is validated separately. */
const EXACT = ['--reply=exact', '--partial', '--delete', '--max-files=10000', '--max-size=20000000']

function agentInstructions({ sources }: StageSettings): string {
  return `Edit the files in place, in the working directory. Only these may change, and files in them if they are folders: ${sources.join(', ')}. Every other change is taken back, also to tests, checks and their configuration. Do not commit, do not switch branches, leave no process running. When you are done, say briefly what you changed and why. If it cannot be done so, change nothing, and print a last line "blocked: REASON".`
}

const MOST_NAMES = 5

/** Tests look like the sources that may change; said, no reply is spent on trying. */
function unchangedTests({ keptTests: tests = [] }: StageSettings): string {
  if (tests.length === 0) return ''
  const more = tests.length > MOST_NAMES ? ` and ${tests.length - MOST_NAMES} more tests` : ''
  return `${UNCHANGED_SENTENCE}${tests.slice(0, MOST_NAMES).join(', ')}${more}.`
}

/** Whether the model is asked although the check passes. */
function mayPass({ limits, stages }: LoopSettings): boolean {
  return [limits.minIterations, limits.threshold, stages.confirmCommand].some((value) => value !== undefined)
}

/** A test that is named as a source may change, by lr-apply's rules too. */
function guardArguments({ file, isFirst }: StageStart['guard'], settings: LoopSettings): string[] {
  const { guards, canary, strict, limits } = settings
  return [
    ...(strict ? ['--strict'] : []),
    ...(guards ? [`--guard=${file}`, '--allow-named', '--put-back'] : []),
    ...(guards && canary ? ['--canary'] : []),
    ...(guards && canary && limits.threshold !== undefined ? [`--canary-score=${limits.threshold}`] : []),
    ...(guards && isFirst ? ['--renew-guard'] : []),
  ]
}

function checkArguments(settings: StageSettings, isConfirm: boolean): string[] {
  const { sources, linters, checkTimeoutMs } = settings
  const command = isConfirm ? settings.confirmCommand : settings.checkCommand
  return [
    ...(isConfirm ? [] : linters.map((list) => `--checkers=${list}`)),
    ...(checkTimeoutMs === undefined ? [] : [`--timeout=${checkTimeoutMs}ms`]),
    ...sources.map((source) => (source.startsWith('-') ? `./${source}` : source)),
    ...(command === undefined ? [] : ['--', ...command]),
  ]
}

/** Of the check that is not the hidden one. */
function knownArguments({ known: file, tests, guard: { isFirst } }: StageStart, { known }: LoopSettings): string[] {
  if (!known) return [`--known-to=${isFirst ? file : tests}`]
  if (!isFirst) return [`--known=${file}`, `--known-to=${tests}`]
  return [
    `--known=${file}`,
    `--known-to=${tests}`,
    `--fix-known=${known.fix}`,
    ...(known.from === undefined ? [] : [`--known-from=${known.from}`]),
  ]
}

export function llmArguments({ model, url, local }: StageSettings): string[] {
  return [
    ...(model === undefined ? [] : [`--model=${model}`]),
    ...(url === undefined ? [] : [`--url=${url}`]),
    ...(local ? ['--local'] : []),
  ]
}

function waitArguments({ waitLimitMs }: LoopSettings['limits']): string[] {
  return waitLimitMs === undefined ? [] : [`--wait-limit=${waitLimitMs}ms`]
}

function applyArguments(judges: readonly string[], { context, fixes, reply, sources }: StageSettings): string[] {
  return [
    ...(reply === 'text' ? ['--reply=text'] : []),
    ...[...judges, ...context, ...(fixes === 'none' ? [] : [fixes])].map((path) => `--protect=${path}`),
    '--',
    ...sources,
  ]
}

function gitArguments(action: string | undefined, { branch, dirty, fixes }: StageSettings): string[] {
  if (action !== 'start') return action === undefined ? [] : [action]
  return [
    action,
    '--at-first-commit',
    `--dirty=${dirty}`,
    `--fixes=${fixes}`,
    ...(branch === undefined ? [] : [branch]),
  ]
}
