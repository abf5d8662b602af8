import { CommandError, ExitStatus } from '@loop-runner/cli-kit'
import { parseObjects } from './git-batch.ts'
import type { Commit, NamedObject } from '../repository/git-object.ts'
import type { Git } from './git-program.ts'

/** What a signing program needs to find the user's keys and to ask for a passphrase. */
const PASSED = ['GNUPGHOME', 'GPG_TTY', 'GPG_AGENT_INFO', 'SSH_AUTH_SOCK', 'SSH_ASKPASS', 'DISPLAY', 'WAYLAND_DISPLAY']

/**
 * Stores a commit with a signature of the program that git is configured for. Its tree and parents are written already.
 *
 * @throws CommandError (3) where there is no key, or the program fails
 */
export async function signCommit(git: Git, commit: Commit, env: NodeJS.ProcessEnv): Promise<NamedObject> {
  const passed = Object.fromEntries(PASSED.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])))
  const parents = commit.parents.flatMap((parent) => ['-p', parent])
  const { stdout } = await git(['commit-tree', '-S', ...parents, '-F', '-', commit.tree], {
    stdin: commit.message,
    env: {
      ...passed,
      ...identityVariables('AUTHOR', commit.author),
      ...identityVariables('COMMITTER', commit.committer),
    },
  })
  const [object] = parseObjects((await git(['cat-file', '--batch'], { stdin: stdout })).stdout)
  if (!object) throw new CommandError(ExitStatus.Failed, 'git commit-tree: made no commit')
  return object
}

function identityVariables(role: string, header: string): Record<string, string> {
  const [, name = '', email = '', date = ''] = /^(.*) <(.*)> (\d+ [+-]\d{4})$/.exec(header) ?? []
  return { [`GIT_${role}_NAME`]: name, [`GIT_${role}_EMAIL`]: email, [`GIT_${role}_DATE`]: `@${date}` }
}
