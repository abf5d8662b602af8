import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bash, run, tempFolder } from '@loop-runner/test-kit'
import type { Summary } from '../../src/summary.ts'

export const CANARY = 'canary-value-of-a-key-1234567890'
export const FILES = {
  'tree/src/a.txt': 'zero\n',
  'tree/src/b.txt': 'b\n',
  'tree/other.txt': 'theirs\n',
  'tree/tests/test_a.sh': '#!/bin/sh\ngrep -q good src/a.txt\n',
  'tree/.gitignore': '.env\n',
  'tree/.env': 'MINE=1\n',
}
const CHECK = ['--', 'sh', 'tests/test_a.sh']

/** A work of an agent that passes the check. */
export const FIX = 'echo good > src/a.txt; echo "I made it good."'

/** Runs a loop with a fake agent: a script that ends within a line of sh. */
export async function agentRepository(git = true) {
  const folder = tempFolder(FILES)
  const cwd = join(folder.path, 'tree')
  if (git) await bash('git init -q -b main && git add -A && git commit -qm start && git branch side', { cwd })
  const env = { XDG_STATE_HOME: join(folder.path, 'state'), OPENAI_API_KEY: CANARY }
  const runFolder = join(folder.path, 'run')
  return {
    cwd,
    env,
    read: (path: string) => (existsSync(join(cwd, path)) ? readFileSync(join(cwd, path), 'utf8') : undefined),
    readRun: (path: string) => readFileSync(join(runFolder, path), 'utf8'),
    sh: async (script: string) => (await bash(script, { cwd, env })).stdout.trim(),
    async loop(agent: string, ...options: string[]) {
      const args = ['--json', '--run-dir', runFolder, `--agent=${agent}`, ...(git ? [] : ['--no-git']), ...options]
      const { status, stdout, stderr } = await run('lr-loop', [...args, 'src', ...CHECK], { cwd, env })
      return { status, stderr, summary: JSON.parse(stdout || '{}') as Partial<Summary> }
    },
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  }
}
