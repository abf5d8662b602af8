import { childEnvironment, findOnPath, type Io } from '@loop-runner/cli-kit'
import type { Report } from '../report/report.ts'
import { runText } from '../run-text.ts'
import { Problem } from './problem.ts'
import { writePatch } from './write-patch.ts'

/** Everything that a run changed, in the form that `git apply` and `patch -p1` read. */
export async function readDiff(report: Report, io: Io): Promise<string> {
  const { data, startCommit, files } = report
  const last = data.commits.at(-1)
  if (startCommit === undefined || last === undefined) return writePatch(files.before, files.after)
  const changed = [...new Set(repliesOf(report).flatMap((reply) => reply.files))]
  if (changed.length === 0) return ''
  const args = ['diff', '--no-ext-diff', '--no-textconv', '--no-color', '--binary', startCommit, last, '--', ...changed]
  return runGit(args, data.settings.cwd, io)
}

/**
 * The commits of a run as `git am` reads them.
 *
 * @throws Problem (404) if it made none
 */
export async function readCommits({ data, startCommit }: Report, io: Io): Promise<string> {
  const last = data.commits.at(-1)
  if (startCommit === undefined || last === undefined) throw new Problem(404, 'the run has no commits')
  const args = ['format-patch', '--stdout', '--binary', '--no-signature', '--no-ext-diff', `${startCommit}..${last}`]
  return runGit(args, data.settings.cwd, io)
}

/**
 * A file as the run left it.
 *
 * @throws Problem (404) if it is not among the sources of the last check
 */
export function readSource({ files }: Report, path: string): string {
  const content = files.after.get(path)
  if (content === undefined) throw new Problem(404, `${path}: not among the files that were checked`)
  return content
}

function repliesOf({ rounds, attempts }: Report) {
  return [...rounds, ...attempts.flatMap((attempt) => attempt.rounds)].flatMap(({ reply }) => reply ?? [])
}

async function runGit(args: readonly string[], cwd: string, io: Io): Promise<string> {
  const git = findOnPath('git', io.env)
  if (git === undefined) throw new Problem(404, 'git: not found')
  // Paths of replies are relative to the folder of the run, which may be below the top of the repository.
  const env = { ...childEnvironment(io.env), GIT_LITERAL_PATHSPECS: '1' }
  const request = {
    file: git,
    args: ['-C', cwd, '-c', 'diff.noprefix=false', '-c', 'diff.mnemonicPrefix=false', ...args],
    cwd,
    env,
  }
  const { status, stdout, stderr } = await runText(request, io)
  if (status !== 0) throw new Problem(404, `git ${args[0] ?? ''}: ${stderr.trim()}`)
  return stdout
}
