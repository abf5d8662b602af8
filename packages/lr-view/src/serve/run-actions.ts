import { setTimeout } from 'node:timers/promises'
import { interruptProcess, type Io, runGit, runText } from '@loop-runner/cli-kit'
import { Journals, processOf, type RunData } from '@loop-runner/run-report'
import { Problem } from './problem.ts'

/** Commands of lr-git that the page offers for a run, with what they do. */
export const GIT_ACTIONS = {
  undo: 'Undo the last reply',
  finish: 'Keep: bring the branch of the start forward',
  abandon: 'Take everything back',
} as const
export type GitAction = keyof typeof GIT_ACTIONS

const POLL_MS = 100
const STOP_MS = 20_000
const GIT_MS = 120_000

export function isAtWork(path: string): boolean {
  return processOf(new Journals(path).read().get(0) ?? []) !== undefined
}

/**
 * Interrupts the process that works on a run, which can be resumed then.
 *
 * @throws Problem (409) if none does, (504) if it does not end
 */
export async function stopRun(path: string): Promise<void> {
  const mark = processOf(new Journals(path).read().get(0) ?? [])
  if (mark === undefined) throw new Problem(409, 'no process works on the run')
  interruptProcess(mark)
  const limit = Date.now() + STOP_MS
  while (isAtWork(path)) {
    if (Date.now() > limit) throw new Problem(504, `process ${mark.pid} does not end`)
    await setTimeout(POLL_MS)
  }
}

/**
 * Runs a command of lr-git on a run's branch.
 *
 * @returns what it reported
 * @throws Problem (409) if the branch is not the one that HEAD is on, or if lr-git refuses
 */
export async function runGitAction(action: GitAction, { run, branch, settings }: RunData, io: Io): Promise<string> {
  if (isAtWork(run)) throw new Problem(409, 'a process works on the run: stop it first')
  if (branch === undefined) throw new Problem(409, 'the run made no commits')
  const { cwd } = settings
  const head = await headOf(cwd, io)
  if (head !== branch) {
    throw new Problem(409, `HEAD is on ${head || 'no branch'}, not on the run's branch (git switch ${branch})`)
  }
  const { file, args } = io.ownProgram('lr-git')
  const request = { file, args: [...args, action], cwd, env: io.env, timeoutMs: GIT_MS }
  const { status, stderr } = await runText(request, io)
  const message = stderr.trim().replaceAll(/^lr-git: /gm, '')
  if (status !== 0) throw new Problem(409, message || `lr-git ${action} ended with exit code ${status}`)
  return message || `lr-git ${action}: done`
}

async function headOf(cwd: string, io: Io): Promise<string> {
  const args = ['symbolic-ref', '--quiet', '--short', 'HEAD']
  const { status, stdout } = await runGit({ args, cwd, env: io.env }, io)
  if (status === 127) throw new Problem(409, 'git: not found')
  return stdout.toString().trim()
}
