import { CommandError, ExitStatus, type Io, runProcess } from '@loop-runner/cli-kit'

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
  const script = 'git init -q && git add -A && git commit -q -m "before the run"'
  const complaint: Buffer[] = []
  const keep = (chunk: Buffer) => void complaint.push(chunk)
  const env = { ...withoutGit(io.env), ...IDENTITY, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' }
  const result = await runProcess({ file: 'sh', args: ['-c', script], cwd: tree, env, stdout: keep, stderr: keep }, io)
  if (result.status === 0) return
  const reason = Buffer.concat(complaint).toString().trim()
  throw new CommandError(ExitStatus.Failed, `no repository can be made for the cases of a git stage: ${reason}`)
}
