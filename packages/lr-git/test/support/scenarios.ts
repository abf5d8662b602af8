import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { reportOf, runGit } from './test-repository.ts'

/** How a process ended: 137 is SIGKILL. */
export interface Ended {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** A command in a repository that is ready for it. */
export interface Scenario {
  readonly name: string
  readonly args: readonly string[]
  readonly stdin: string
  /** Changes a repository with one commit, a.py and src/b.py, on a run's branch. */
  readonly prepare: (path: string, call: (args: readonly string[], stdin?: string) => Promise<Ended>) => Promise<void>
}

async function fix(path: string, call: Parameters<Scenario['prepare']>[1], content: string): Promise<void> {
  writeFileSync(join(path, 'a.py'), content)
  await call(['commit'], reportOf(['a.py']))
}

export const SCENARIOS: readonly Scenario[] = [
  { name: 'start', args: ['start', 'lr/next'], stdin: '', prepare: async () => {} },
  {
    name: 'commit',
    args: ['commit'],
    stdin: reportOf(['a.py', 'new/c.py']),
    prepare: async (path) => {
      writeFileSync(join(path, 'a.py'), 'fixed\n')
      mkdirSync(join(path, 'new'))
      writeFileSync(join(path, 'new/c.py'), 'c\n')
      writeFileSync(join(path, 'src/b.py'), 'staged\n')
      runGit(path, ['add', 'src/b.py'])
    },
  },
  {
    name: 'undo',
    args: ['undo', '2'],
    stdin: '',
    prepare: async (path, call) => {
      await fix(path, call, '1\n')
      await fix(path, call, '2\n')
    },
  },
  { name: 'finish', args: ['finish', '--squash'], stdin: '', prepare: (path, call) => fix(path, call, '1\n') },
  { name: 'abandon', args: ['abandon'], stdin: '', prepare: (path, call) => fix(path, call, '1\n') },
]
