import { readFileSync } from 'node:fs'
import { runGit } from '@loop-runner/cli-kit'

/**
 * What git printed; undefined if it failed or is not installed.
 *
 * @param input a file for its standard input
 */
export async function callPlainGit(
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  input?: string,
): Promise<string | undefined> {
  const stdin = input === undefined ? {} : { stdin: readFileSync(input) }
  const { status, stdout } = await runGit({ args, cwd, env, ...stdin })
  return status === 0 ? stdout.toString('utf8') : undefined
}

/** The paths in output of git with -z. */
export function pathsIn(list: string | undefined): string[] {
  return (list ?? '').split('\0').filter((path) => path !== '')
}

/** Runs git in a folder and returns its output; undefined if it failed. */
export type Git = (...args: string[]) => Promise<string | undefined>

export function gitIn(cwd: string, env: NodeJS.ProcessEnv): Git {
  return (...args) => callPlainGit(args, cwd, env)
}

/** The outcome of restoring something with git. */
export async function outcomeOf(done: string, git: Git, ...args: string[]): Promise<string> {
  return (await git(...args)) === undefined ? `it could not be ${done}` : `it was ${done}`
}
