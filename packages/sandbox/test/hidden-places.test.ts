import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { needsRights } from '../src/confinement/hidden-places.ts'
import { hiddenPlaces, isInside } from '../src/index.ts'

describe('isInside', () => {
  test.each([
    ['/a', '/a', true],
    ['/a/b', '/a', true],
    ['/a/..b', '/a', true],
    ['/a/b/../..', '/a', false],
    ['/ab', '/a', false],
    ['/', '/a', false],
    ['/a', '/', true],
    ['a/b', '/a', false],
  ])('%s in %s: %j', (path, folder, expected) => {
    expect(isInside(path, folder)).toBe(expected)
  })
})

describe('hiddenPlaces', () => {
  const environmentOf = (path: string) => ({
    HOME: join(path, 'home'),
    XDG_STATE_HOME: join(path, 'state'),
    XDG_CONFIG_HOME: join(path, 'config'),
    XDG_CACHE_HOME: join(path, 'cache'),
  })

  test('are those that exist: state, keys, cache, run folder and record', () => {
    using folder = tempFolder({
      'state/loop-runner/runs/r/x': '',
      'config/loop-runner/keys.json': '{}',
      'cache/loop-runner/x': '',
      'run/x': '',
      'tree/guard.json': '{}',
    })
    const env = { ...environmentOf(folder.path), LR_RUN_DIR: '../run' }
    const places = hiddenPlaces(env, join(folder.path, 'tree'), 'guard.json')
    const expected = ['state/loop-runner', 'config/loop-runner', 'cache/loop-runner', 'run', 'tree/guard.json']
    expect(places).toEqual(expected.map((path) => join(folder.path, path)))
  })

  test('do not exist on a fresh machine', () => {
    using folder = tempFolder()
    expect(hiddenPlaces(environmentOf(folder.path), folder.path, 'guard.json')).toEqual([])
  })

  test('are named once: a link by its target, and nothing inside another place', () => {
    using folder = tempFolder({ 'state/loop-runner/runs/r/guard.json': '{}' })
    symlinkSync(join(folder.path, 'state'), join(folder.path, 'link'))
    const env = { ...environmentOf(folder.path), LR_RUN_DIR: join(folder.path, 'link/loop-runner/runs/r') }
    const record = join(folder.path, 'link/loop-runner/runs/r/guard.json')
    expect(hiddenPlaces(env, folder.path, record)).toEqual([join(folder.path, 'state/loop-runner')])
  })
})

test.each([
  [['sudo', 'make'], true],
  [['sh', '-c', 'cd x && sudo make'], true],
  [['/usr/bin/sudo', 'make'], true],
  [['make', 'sudoku'], false],
  [['./sudo.sh'], false],
])('a command that needs more rights: %j: %j', (words, expected) => {
  expect(needsRights(words)).toBe(expected)
})
