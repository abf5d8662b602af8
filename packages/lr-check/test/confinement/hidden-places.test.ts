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
    'tree/conf/loop-runner/keys.json',
    'cache/loop-runner/checks/x',
    'home/.local/state/loop-runner/x',
    'home/.cargo/conf/loop-runner/keys.json',
  ]

  test.each<[string, level: string, script: string, places?: Record<string, string>]>([
    ['the state', 'limits', 'cat ../state/loop-runner/runs/r/journal.jsonl'],
    ['the keys', 'limits', 'cat ../config/loop-runner/keys.json'],
    ['the state, by another way', 'limits', 'cat /proc/1/root$OUTER/state/loop-runner/runs/r/journal.jsonl'],
    ['the state, by the parent', 'limits', 'cat /proc/$PPID/root$OUTER/state/loop-runner/runs/r/journal.jsonl'],
    ['the record of the guard', 'limits', 'cat ../run/guard.json'],
    ['a run folder in the tree', 'limits', 'cat run/x'],
    ['the state', 'strict', 'cat ../state/loop-runner/runs/r/journal.jsonl'],
    ['the keys', 'strict', 'cat ../config/loop-runner/keys.json'],
    ['a run folder in the tree', 'strict', 'cat run/x'],
    ['keys in the tree', 'strict', 'cat conf/loop-runner/keys.json', { XDG_CONFIG_HOME: 'tree/conf' }],
    ['keys in the tree', 'limits', 'cat conf/loop-runner/keys.json', { XDG_CONFIG_HOME: 'tree/conf' }],
    ['results that are kept', 'limits', 'cat ../cache/loop-runner/checks/x'],
    ['the state in the home, beside programs', 'strict', 'cat ~/.local/state/loop-runner/x', { XDG_STATE_HOME: '' }],
    [
      'keys in the folder of a toolchain',
      'strict',
      'cat ~/.cargo/conf/loop-runner/keys.json',
      { XDG_CONFIG_HOME: 'home/.cargo/conf' },
    ],
  ])('%s, at level %s: %s', async (_, level, script, places = {}) => {
    using folder = tempFolder()
    for (const file of FILES) {
      mkdirSync(dirname(join(folder.path, file)), { recursive: true })
      writeFileSync(join(folder.path, file), 'treasure\n')
    }
    const env = {
      XDG_STATE_HOME: join(folder.path, 'state'),
      XDG_CONFIG_HOME: join(folder.path, 'config'),
      XDG_CACHE_HOME: join(folder.path, 'cache'),
      HOME: join(folder.path, 'home'),
      ...Object.fromEntries(
        Object.entries(places).map(([name, place]) => [name, place === '' ? '' : join(folder.path, place)]),
      ),
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
