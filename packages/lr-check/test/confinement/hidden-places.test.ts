import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { bash, hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'

const WORKS = hasProgram('bwrap') && (await bash('bwrap --unshare-user --dev-bind / / true')).status === 0

describe.skipIf(!WORKS)('places that a check must not reach (bubblewrap)', () => {
  const FILES = [
    'state/loop-runner/runs/r/journal.jsonl',
    'config/loop-runner/keys.json',
    'run/guard.json',
    'tree/run/x',
  ]

  test.each<[string, level: string, script: string]>([
    ['the state', 'limits', 'cat ../state/loop-runner/runs/r/journal.jsonl'],
    ['the keys', 'limits', 'cat ../config/loop-runner/keys.json'],
    ['the state, by another way', 'limits', 'cat /proc/1/root$OUTER/state/loop-runner/runs/r/journal.jsonl'],
    ['the state, by the parent', 'limits', 'cat /proc/$PPID/root$OUTER/state/loop-runner/runs/r/journal.jsonl'],
    ['the record of the guard', 'limits', 'cat ../run/guard.json'],
    ['a run folder in the tree', 'limits', 'cat run/x'],
    ['the state', 'strict', 'cat ../state/loop-runner/runs/r/journal.jsonl'],
    ['the keys', 'strict', 'cat ../config/loop-runner/keys.json'],
  ])('%s, at level %s: %s', async (_, level, script) => {
    using folder = tempFolder()
    for (const file of FILES) {
      mkdirSync(dirname(join(folder.path, file)), { recursive: true })
      writeFileSync(join(folder.path, file), 'treasure\n')
    }
    const env = {
      XDG_STATE_HOME: join(folder.path, 'state'),
      XDG_CONFIG_HOME: join(folder.path, 'config'),
      LR_RUN_DIR: join(folder.path, 'tree/run'),
      OUTER: folder.path,
    }
    const args = ['--sandbox', level, '--guard', '../run/guard.json', '--renew-guard', '--', 'sh', '-c', script]
    const { stdout } = await run('lr-check', args, { cwd: join(folder.path, 'tree'), env })
    expect(stdout).not.toContain('treasure')
    expect(stdout).toContain('<<<< outcome <<<<\nfail\n')
  })
})

test('a check sees no variable of these programs, unless it is passed by name', async () => {
  const env = { LR_RUN_DIR: '/x', LR_ITERATION: '1', LR_MODEL: 'a/b' }
  const seen = await run('lr-check', ['--', 'sh', '-c', 'env | grep ^LR_'], { env })
  expect(seen.stdout).toContain('<<<< stdout <<<<\n>>>>>>>>\n')
  const passed = await run('lr-check', ['--pass-env', 'LR_ITERATION', '--', 'sh', '-c', 'env | grep ^LR_'], { env })
  expect(passed.stdout).toContain('<<<< stdout <<<<\nLR_ITERATION=1\n>>>>>>>>\n')
})
