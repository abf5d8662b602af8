import { CommandError, ExitStatus, type GitEnd, type Io, runGit, withoutFilters } from '@loop-runner/cli-kit'

/** Runs git with these arguments. */
export type Git = (args: readonly string[], options?: GitOptions) => Promise<GitEnd>

export interface GitOptions {
  readonly stdin?: Buffer | string
  /** Exit statuses that are answers; any other is an error. */
  readonly accept?: readonly number[]
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>
  /** Lets it end even when we are interrupted. */
  readonly uninterrupted?: true
}

/** Settings that keep git from leaving half of what it writes. */
const WHOLE: Readonly<Record<string, string>> = {
  'core.logAllRefUpdates': 'true',
  'core.fsync': 'committed,reference,index',
}

/**
 * A way to run git in a folder.
 *
 * @param drivers names of filter drivers, which are switched off
 * @throws CommandError (3) from each run that ends with a status that is no answer
 */
export function makeGit(file: string, root: string, drivers: readonly string[], io: Io): Git {
  const settings = { ...WHOLE, ...withoutFilters(drivers) }
  return async (args, { stdin, accept = [0], env: variables = {}, uninterrupted } = {}) => {
    const request = { file, args: ['--literal-pathspecs', ...args], cwd: root, env: io.env, settings, variables }
    const input = stdin === undefined ? {} : { stdin }
    const result = await runGit({ ...request, ...input }, uninterrupted ? undefined : io)
    if (!accept.includes(result.status)) throw gitError(args[0] ?? '', result, root)
    return result
  }
}

function gitError(command: string, { status, stderr }: GitEnd, root: string): CommandError {
  if (stderr.includes('dubious ownership')) {
    const remedy = `git config --global --add safe.directory '${root}', if you trust it`
    return new CommandError(ExitStatus.Failed, `${root}: belongs to another user (${remedy})`)
  }
  const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('hint:'))
  const reason = (lines.find((line) => /^(fatal|error): /.test(line)) ?? lines[0] ?? `status ${status}`).replace(
    /^(fatal|error): /,
    '',
  )
  return new CommandError(ExitStatus.Failed, `git ${command}: ${reason}`)
}
