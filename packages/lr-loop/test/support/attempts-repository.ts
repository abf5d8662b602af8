import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { bash, type Ran, run, tempFolder } from '@loop-runner/test-kit'
import type { Summary } from '../../src/summary.ts'

/** The check takes the number in score.txt as its score, and passes with 1. */
export const CHECK = ['score.txt', '--', 'sh', '-c', 'echo "score: $(cat score.txt)"; grep -q "^1$" score.txt']

/** What a run of several attempts left behind. */
export interface Left extends Ran {
  readonly summary: Partial<Summary>
  /** Of score.txt in the user's tree. */
  readonly score: string
}

/** A repository for a test, its run folder beside it. */
export interface AttemptsRepository extends Disposable {
  /** The folder that holds the tree and the run. */
  readonly path: string
  readonly tree: string
  readonly run: string
  /** Runs lr-loop with `--json` in the tree. */
  readonly loop: (
    args: readonly string[],
    options?: { cwd?: string; env?: Readonly<Record<string, string>> },
  ) => Promise<Left>
  readonly git: (command: string) => Promise<string>
  /** What must be the same before and after: working trees, git's own folder, processes of the run. */
  readonly traces: () => Promise<string>
}

/** @param files beside score.txt; `.gitignore` says which of them are not committed */
export async function attemptsRepository(files: Readonly<Record<string, string>> = {}): Promise<AttemptsRepository> {
  const folder = tempFolder({ 'tree/score.txt': '0.2\n' })
  const [tree, runFolder] = [join(folder.path, 'tree'), join(folder.path, 'run')]
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, name)), { recursive: true })
    writeFileSync(join(tree, name), content)
  }
  await bash('git init -q -b main && git add -A && git commit -qm start', { cwd: tree })
  const git = async (command: string) => (await bash(`git ${command}`, { cwd: tree })).stdout.trim()
  return {
    path: folder.path,
    tree,
    run: runFolder,
    git,
    async loop(args, { cwd = tree, env = {} } = {}) {
      const ran = await run(
        'lr-loop',
        ['--json', ...(args.includes('--resume') ? [] : ['--run-dir', runFolder]), ...args],
        {
          cwd,
          env: { XDG_STATE_HOME: join(folder.path, 'state'), ...env },
        },
      )
      const score = readFileSync(join(tree, 'score.txt'), 'utf8').trim()
      return { ...ran, summary: JSON.parse(ran.stdout || '{}') as Partial<Summary>, score }
    },
    async traces() {
      const trees = await git('worktree list --porcelain')
      const { stdout } = await bash(`grep -la "LR_RUN_DIR=${runFolder}/" /proc/[0-9]*/environ 2> /dev/null || true`)
      return [
        `working trees: ${trees.match(/^worktree /gm)?.length}`,
        `kept by git: ${existsSync(join(tree, '.git/worktrees'))}`,
        `folders: ${treesIn(join(runFolder, 'attempts')).join(' ')}`,
        `processes: ${stdout.trim()}`,
        `fsck: ${await git('fsck --strict --no-dangling')}`,
        `branches: ${(await git("branch --format='%(refname:short)' --list '*-[0-9]'")).replaceAll('\n', ' ')}`,
      ].join('\n')
    },
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  }
}

/** What `traces` says where nothing is left. */
export const NO_TRACES = 'working trees: 1\nkept by git: false\nfolders: \nprocesses: \nfsck: \nbranches: '

function treesIn(attempts: string): string[] {
  const names = existsSync(attempts) ? readdirSync(attempts) : []
  return names.filter((name) => existsSync(join(attempts, name, 'tree')))
}

/** A model that writes what a list has for `ATTEMPT.ITERATION`, and does what it has in parentheses first. */
export function model(answers: Readonly<Record<string, string>>): string {
  const cases = Object.entries(answers).map(([key, script]) => `${key}) ${script};;`)
  return `m() { case $LR_ATTEMPT.$LR_ITERATION in ${cases.join(' ')} esac; }; m`
}

/** Replies with a new version of score.txt. */
export function reply(score: number | string): string {
  return `echo ${score} | lr-blocks wrap score.txt`
}
