import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bash, hasProgram, type Ran, run, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { ResultStore } from '../../src/cache/result-store.ts'

/** A linter of its own that leaves a line in `ran` each time it runs: it finds the word "bad". */
const FILES = {
  'lint.sh': '#!/bin/sh\necho ran >> "$OUTER/ran"\n! grep -n bad "$@" settings.ini\n',
  'settings.ini': '',
  'a.txt': 'good\n',
  'b.txt': 'good\n',
  'lr.yaml': `
checkers:
  words: { kind: lint, types: [], files: ['*.txt'], command: [./lint.sh, '{files}'], exit: { pass: [0], fail: [1] }, version: [], cache: [settings.ini] }
checks:
  script: ./lint.sh a.txt
  asked: { command: ./lint.sh a.txt, cache: ['*.ini'] }
`,
}

interface Place {
  readonly check: (...args: readonly string[]) => Promise<Ran & { runs: number }>
  readonly path: string
}

async function inTree(work: (place: Place) => Promise<void>): Promise<void> {
  using outer = tempFolder(Object.fromEntries(Object.entries(FILES).map(([name, text]) => [`tree/${name}`, text])))
  const path = join(outer.path, 'tree')
  await bash('chmod +x lint.sh; : > ../ran', { cwd: path })
  const env = { OUTER: outer.path, XDG_CACHE_HOME: join(outer.path, 'cache') }
  const check = async (...args: readonly string[]) => {
    const before = statSync(join(outer.path, 'ran')).size
    const ran = await run('lr-check', ['--cache', ...args], { cwd: path, env })
    return { ...ran, runs: (statSync(join(outer.path, 'ran')).size - before) / 'ran\n'.length }
  }
  await work({ check, path })
}

describe('--cache', () => {
  test('a known result is the same, byte for byte, and nothing runs', () =>
    inTree(async ({ check, path }) => {
      for (const content of ['good\n', 'bad\n']) {
        writeFileSync(join(path, 'a.txt'), content)
        const first = await check('-c', 'words', '--findings', 'a.txt', 'b.txt')
        const second = await check('-c', 'words', '--findings', 'a.txt', 'b.txt')
        expect([first.runs, second.runs]).toEqual([1, 0])
        expect([second.status, second.stdout]).toEqual([first.status, first.stdout])
      }
    }))

  test.each([
    ['a source', 'echo more >> b.txt', []],
    ['its settings', 'echo more > settings.ini', []],
    ['settings in a folder above the sources', 'echo more > sub/settings.ini', ['sub/c.txt']],
    ['the program', 'echo : >> lint.sh', []],
    ['its definition', 'sed -i "s/pass: .0./pass: [0, 5]/" lr.yaml', []],
    ['which sources there are', 'rm b.txt', []],
  ])('%s has changed: it runs again', (_what, change, more) =>
    inTree(async ({ check, path }) => {
      mkdirSync(join(path, 'sub'))
      writeFileSync(join(path, 'sub/c.txt'), 'good\n')
      const args = ['-c', 'words', '.', ...more]
      expect((await check(...args)).runs).toBe(1)
      expect((await check(...args)).runs).toBe(0)
      await bash(change, { cwd: path })
      expect((await check(...args)).runs).toBe(1)
    }),
  )

  test('scripts run each time, unless lr.yaml says on what their results depend', () =>
    inTree(async ({ check }) => {
      expect([(await check('-c', 'script')).runs, (await check('-c', 'script')).runs]).toEqual([1, 1])
      expect([(await check('-c', 'asked')).runs, (await check('-c', 'asked')).runs]).toEqual([1, 0])
    }))

  test('what is no verdict is not kept', () =>
    inTree(async ({ check, path }) => {
      await bash('echo "exit 9" >> lint.sh', { cwd: path })
      expect([(await check('-c', 'words', '.')).status, (await check('-c', 'words', '.')).runs]).toEqual([3, 1])
    }))

  test('a cache that cannot be written, or read, is said and done without', () =>
    inTree(async ({ check, path }) => {
      writeFileSync(join(path, '../cache'), 'no folder')
      const { status, stderr, runs } = await check('-c', 'words', '.')
      expect({ status, runs }).toEqual({ status: 0, runs: 1 })
      expect(stderr).toMatch(/^lr-check: results cannot be cached: .+\n$/)
    }))

  test.skipIf(!hasProgram('flake8'))('flake8 with its own settings (needs flake8)', () =>
    inTree(async ({ check, path }) => {
      writeFileSync(join(path, 'a.py'), 'import os\n')
      const lint = () => check('-v', '-c', 'flake8', 'a.py')
      expect((await lint()).status).toBe(1)
      expect((await lint()).stderr).toContain('lr-check: from the cache: flake8 a.py\n')
      writeFileSync(join(path, '.flake8'), '[flake8]\nignore = F401\n')
      expect(await lint()).toMatchObject({ status: 0, stderr: '' })
    }),
  )
})

describe('the store', () => {
  const printed = (stdout: string) => ({
    result: { status: 0, signal: undefined, timedOut: false, startError: undefined },
    stdout,
    stderr: '',
  })

  test('keeps what was used last, within its size', () => {
    using folder = tempFolder()
    const store = new ResultStore(folder.path, 1200)
    for (const [index, key] of ['a', 'b', 'c'].entries()) {
      store.write(key, printed('x'.repeat(300)))
      utimesSync(join(folder.path, `${key}.json`), 1e9 + index, Date.now() / 1000 - 100 + index)
    }
    expect(store.read('a')?.stdout).toHaveLength(300)
    store.write('d', printed('x'.repeat(300)))
    expect(readdirSync(folder.path).sort()).toEqual(['a.json', 'c.json', 'd.json'])
  })

  test('forgets what was not used for a month, and what is not a result', () => {
    using folder = tempFolder({ 'torn.json': '{"result":' })
    const store = new ResultStore(folder.path)
    expect(store.read('torn')).toBeUndefined()
    utimesSync(join(folder.path, 'torn.json'), 1e9, Date.now() / 1000 - 31 * 24 * 3600)
    store.write('a', printed(''))
    expect(readdirSync(folder.path)).toEqual(['a.json'])
  })
})
