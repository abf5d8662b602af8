import { CommandError, ExitStatus, type Io, runGit, UsageError } from '@loop-runner/cli-kit'
import type { Report } from './report.ts'
import { writePatch } from './write-patch.ts'

/** Everything that a run changed, in the form that `git apply` and `patch -p1` read. */
export async function readDiff(report: Report, io: Io): Promise<string> {
  const { data, startCommit, files } = report
  const last = data.commits.at(-1)
  if (startCommit === undefined || last === undefined) return writePatch(files.before, files.after)
  const changed = [...new Set(repliesOf(report).flatMap((reply) => reply.files))]
  if (changed.length === 0) return ''
  const args = ['diff', '--no-ext-diff', '--no-textconv', '--no-color', '--binary', startCommit, last, '--', ...changed]
  return printOf(args, data.settings.cwd, io)
}

/**
 * The commits of a run as `git am` reads them.
 *
 * @throws UsageError if it made none
 */
export async function readCommits({ data, startCommit }: Report, io: Io): Promise<string> {
  const last = data.commits.at(-1)
  if (startCommit === undefined || last === undefined) throw new UsageError('the run has no commits')
  const args = ['format-patch', '--stdout', '--binary', '--no-signature', '--no-ext-diff', `${startCommit}..${last}`]
  return printOf(args, data.settings.cwd, io)
}

function repliesOf({ rounds, attempts }: Report) {
  return [...rounds, ...attempts.flatMap((attempt) => attempt.rounds)].flatMap(({ reply }) => reply ?? [])
}

async function printOf(args: readonly string[], cwd: string, { env, onInterrupt }: Io): Promise<string> {
  // Paths of replies are relative to the folder of the run, which may be below the top of the repository.
  const settings = { 'diff.noprefix': 'false', 'diff.mnemonicPrefix': 'false' }
  const { status, stdout, stderr } = await runGit(
    { args: ['--literal-pathspecs', ...args], cwd, env, settings },
    { onInterrupt },
  )
  if (status === 127) throw new CommandError(ExitStatus.Failed, 'git: not found')
  if (status !== 0) throw new UsageError(`git ${args[0] ?? ''}: ${stderr.trim()}`)
  return stdout.toString()
}
