import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isAnyMarked } from '@loop-runner/cli-kit'
import { bash, run, tempFolder } from '@loop-runner/test-kit'

/** What a long run left, and how it grew from its tenth reply to its last one. */
export interface Soak {
  readonly status: number
  readonly replies: number
  /** Of the loop's own process, in MB. */
  readonly grownMegabytes: number
  readonly grownDescriptors: number
  /** Names of what is left in the folder for temporary files. */
  readonly temporaryFiles: string[]
  readonly processesLeft: boolean
}

/** Each reply counts the file up, and the check fails in another way each time, so that every round is progress. */
const LLM = `{ grep VmRSS /proc/$PPID/status | tr -dc 0-9; echo " $(ls /proc/$PPID/fd | wc -l)"; } >> "$LR_RUN_DIR/growth"
  echo "$LR_ITERATION" | lr-blocks wrap count.txt`
const SETTLED = 10

/** Runs a loop of so many replies in a repository of its own. Linux only. */
export async function soak(replies: number): Promise<Soak> {
  using folder = tempFolder({ 'tree/count.txt': '0\n', 'tmp/.keep': '' })
  const [tree, runFolder] = [join(folder.path, 'tree'), join(folder.path, 'run')]
  await bash('git init -q -b main && git add -A && git commit -qm start', { cwd: tree })
  const check = 'tr 0-9 a-j < count.txt; exit 1'
  const args = ['-q', '-i', String(replies), '--run-dir', runFolder, '--llm', LLM, 'count.txt', '--', 'sh', '-c', check]
  const { status } = await run('lr-loop', args, { cwd: tree, env: { TMPDIR: join(folder.path, 'tmp') } })
  const growth = readFileSync(join(runFolder, 'growth'), 'utf8').trim().split('\n')
  const [kilobytes = 0, descriptors = 0] = growth[SETTLED]?.split(' ').map(Number) ?? []
  const [lastKilobytes = Infinity, lastDescriptors = Infinity] = growth.at(-1)?.split(' ').map(Number) ?? []
  return {
    status,
    replies: growth.length,
    grownMegabytes: (lastKilobytes - kilobytes) / 1024,
    grownDescriptors: lastDescriptors - descriptors,
    temporaryFiles: readdirSync(join(folder.path, 'tmp')).filter((name) => name !== '.keep'),
    processesLeft: isAnyMarked('LR_RUN_DIR', runFolder),
  }
}
