import { CommandError, ExitStatus, type Io, runGit } from '@loop-runner/cli-kit'

/** Who commits in a throw-away repository. */
export const IDENTITY = {
  GIT_AUTHOR_NAME: 'verify-stage',
  GIT_AUTHOR_EMAIL: 'verify-stage@example.invalid',
  GIT_COMMITTER_NAME: 'verify-stage',
  GIT_COMMITTER_EMAIL: 'verify-stage@example.invalid',
} as const

/** An environment in which nothing leads git elsewhere. */
export function withoutGit(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('GIT_')))
}

/**
 * Makes a tree a repository with one commit of all that is in it.
 *
 * @throws CommandError (3) where git is not installed or fails
 */
export async function makeRepository(tree: string, io: Io): Promise<void> {
  const env = { ...withoutGit(io.env), GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' }
  for (const args of [
    ['init', '-q'],
    ['add', '-A'],
    ['commit', '-q', '-m', 'before the run'],
  ]) {
    const { status, stderr } = await runGit({ args, cwd: tree, env, variables: IDENTITY }, io)
    if (status === 0) continue
    const reason = `git ${args[0]}: ${stderr.trim()}`
    throw new CommandError(ExitStatus.Failed, `no repository can be made for the cases of a git stage: ${reason}`)
  }
}
