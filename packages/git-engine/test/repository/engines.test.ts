import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Io } from '@loop-runner/cli-kit'
import { bareEnvironment, hasProgram, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { type Engine, openEngine } from '../../src/index.ts'

const env = bareEnvironment()

/** Two commits; then a file changed, one staged, one deleted, one untracked. */
function repository() {
  const folder = tempFolder({ 'a.txt': 'a\n', 'src/b.txt': 'b\n', 'src/deep/c ä.txt': 'c\n', 'gone.txt': 'g\n' })
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: folder.path, env, encoding: 'utf8', stdio: 'pipe' }).trim()
  git('init', '-q', '-b', 'main')
  git('add', '-A')
  git('commit', '-qm', 'first')
  writeFileSync(join(folder.path, 'a.txt'), 'a2\n')
  git('commit', '-qam', 'second')
  writeFileSync(join(folder.path, 'a.txt'), 'a3\n')
  writeFileSync(join(folder.path, 'src/b.txt'), 'b2\n')
  git('add', 'src/b.txt')
  rmSync(join(folder.path, 'gone.txt'))
  writeFileSync(join(folder.path, 'new.txt'), 'n\n')
  return { path: folder.path, git, [Symbol.dispose]: () => folder[Symbol.dispose]() }
}

function open(engine: string, cwd: string): Promise<Engine> {
  return openEngine({ engine, filters: false, sign: false }, { cwd, env, onInterrupt: () => () => {} } as unknown as Io)
}

describe.skipIf(!hasProgram('git')).each(['git', 'native'])('the engine %s (needs git)', (name) => {
  test('reads HEAD, revisions and the history', async () => {
    using place = repository()
    const engine = await open(name, join(place.path, 'src'))
    const [second = '', first = ''] = place.git('rev-list', 'HEAD').split('\n')
    expect(engine.name).toBe(name)
    expect(await engine.readHead()).toEqual({ ref: 'refs/heads/main', commit: second })
    expect(await engine.resolveCommit('HEAD~1')).toBe(first)
    expect(await engine.resolveCommit(second.slice(0, 10))).toBe(second)
    expect(await engine.resolveCommit('no-such-branch')).toBeUndefined()
    expect((await engine.readHistory(second, null, 9)).map(({ hash }) => hash)).toEqual([second, first])
    expect((await engine.readHistory(second, first, 9)).map(({ hash }) => hash)).toEqual([second])
  })

  test('reads files of a commit and of the index', async () => {
    using place = repository()
    const engine = await open(name, place.path)
    const head = place.git('rev-parse', 'HEAD')
    const objects = await engine.readPaths(head, ['a.txt', 'src/deep/c ä.txt', 'src', 'no-such-file'])
    expect([...objects].map(([path, { type }]) => `${type} ${path}`).sort()).toEqual([
      'blob a.txt',
      'blob src/deep/c ä.txt',
      'tree src',
    ])
    expect(objects.get('a.txt')?.hash).toBe(place.git('rev-parse', 'HEAD:a.txt'))
    const [entry] = await engine.readIndex(['src/b.txt'])
    expect(entry).toMatchObject({
      path: 'src/b.txt',
      mode: '100644',
      stage: 0,
      hash: place.git('rev-parse', ':src/b.txt'),
    })
  })

  test('lists what is changed, and stores what git would store', async () => {
    using place = repository()
    const engine = await open(name, place.path)
    const changes = await engine.listChanges()
    expect(changes.map(({ path, staged }) => `${path} ${staged}`).sort()).toEqual([
      'a.txt false',
      'gone.txt false',
      'src/b.txt true',
    ])
    const [stored] = await engine.storeFiles(['new.txt'])
    expect(stored).toBe(place.git('hash-object', 'new.txt'))
    expect(place.git('cat-file', 'blob', stored ?? '')).toBe('n')
  })

  test('refuses a folder that is not in a repository', async () => {
    using folder = tempFolder()
    await expect(open(name, folder.path)).rejects.toMatchObject({ status: 3 })
  })
})
