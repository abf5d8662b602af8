import { CommandError } from '@loop-runner/cli-kit'
import { describe, expect, test } from 'vitest'
import type { Change } from '../src/change.ts'
import type { FileSystem } from '../src/file-system.ts'
import { runTransaction } from '../src/transaction.ts'
import { removeEmptyFolders } from '../src/roll-back.ts'
import { atCall } from './support/at-call.ts'
import { injectFault } from './support/inject-fault.ts'
import { MemoryFileSystem } from './support/memory-file-system.ts'
import { systemError } from './support/memory-node.ts'
import {
  checkNextStart,
  countCalls,
  endsOf,
  forgetProcess,
  leftoversOf,
  runOnce,
  scenarioOf,
  startScenario,
  TREE,
  treeOf,
} from './support/sweep.ts'
import { withJournal } from '../src/with-journal.ts'

const IO = { cwd: TREE, env: { XDG_STATE_HOME: '/state' }, warn: () => {} }
const scenario = scenarioOf(5)
const ends = endsOf(scenario)
const calls = countCalls(scenario)
const NEW = { path: 'new/a.txt', old: undefined, next: { bytes: Buffer.from('a\n'), mode: undefined } }

/** The last call whose failure takes everything back. */
const lastFailing = (): number => {
  for (let at = calls; ; at--) {
    const memory = startScenario(scenario)
    const ended = runOnce(injectFault(memory, 'EIO', at).files, scenario.changes, 'x')
    if (ended === 'failed' && treeOf(memory) === ends.old) return at
  }
}

describe('a reply that fails behind the point of no return, and is killed while it is taken back', () => {
  const failing = lastFailing()
  const killedAt = (at: number): MemoryFileSystem => {
    const memory = startScenario(scenario)
    runOnce(injectFault(injectFault(memory, 'EIO', failing).files, 'kill', at).files, scenario.changes, 'x')
    forgetProcess(memory)
    return memory
  }

  test('is taken back at the next start', () => {
    for (let at = failing + 1; at <= failing + 120; at++) {
      const memory = killedAt(at)
      expect([at, checkNextStart(memory, ends)]).toEqual([at, undefined])
    }
  })

  test('is left as it is where an old version is gone, and that is said', () => {
    const versions = '/state/loop-runner/trees'
    let unable = 0
    for (let at = failing + 1; at <= failing + 60; at++) {
      const memory = killedAt(at)
      for (const name of Object.keys(memory.snapshot(versions)).filter((one) => /\/old\/./.test(one))) {
        memory.setContent(memory.find(`${versions}/${name}`) ?? 0, Buffer.from('changed'))
      }
      const before = leftoversOf(memory).filter((name) => name.endsWith('.undoing.json'))
      try {
        withJournal(memory, IO, 'a test', () => {})
      } catch (error) {
        unable++
        expect(error).toBeInstanceOf(CommandError)
        expect(String(error)).toMatch(/half written, and that cannot be put right now: .+: its old version is missing/)
        expect(leftoversOf(memory).filter((name) => name.endsWith('.undoing.json'))).toEqual(before)
      }
    }
    expect(unable).toBeGreaterThan(0)
  })
})

/** @returns the transaction's own error; undefined where there was none */
function attempt(files: FileSystem, changes: readonly Change[], undoes?: string): unknown {
  return withJournal(files, IO, 'a test', (journal, now) => {
    const root = files.openRoot(TREE)
    try {
      runTransaction({ files, root }, journal, changes, undoes === undefined ? now : { ...now, undoes })
      return undefined
    } catch (error) {
      return error
    } finally {
      files.close(root)
    }
  })
}

describe('folders', () => {
  const put = (memory: MemoryFileSystem, path: string) => memory.close(memory.openMaking(`${TREE}/${path}`))

  test('a new file goes into a folder that is there, and one that it needs is made', () => {
    const memory = startScenario({ files: { [`${TREE}/sub/x`]: '' }, changes: [] })
    expect(
      attempt(
        memory,
        ['sub/a', 'sub/deep/b', 'sub/deep/c'].map((path) => ({ ...NEW, path })),
      ),
    ).toBeUndefined()
    expect(Object.keys(memory.snapshot(TREE))).toEqual([
      'sub/',
      'sub/x',
      'sub/deep/',
      'sub/deep/b',
      'sub/deep/c',
      'sub/a',
    ])
  })

  test('one that another program makes at any instant is used, or stops the reply', () => {
    for (let at = 1; at <= 80; at++) {
      const memory = startScenario({ files: { [`${TREE}/x`]: '' }, changes: [] })
      const error = attempt(
        atCall(memory, at, () => put(memory, 'new')),
        [NEW],
      )
      expect([at, error]).toEqual([at, undefined])
      expect(memory.snapshot(TREE)['new/a.txt']).toBe('644 a\n')
    }
  })

  test.each([
    { what: 'a file', files: { [`${TREE}/new`]: '' }, path: 'new/a.txt', told: 'new' },
    { what: 'a file above', files: { [`${TREE}/new`]: '' }, path: 'new/deep/a.txt', told: 'new' },
    {
      what: 'a repository',
      files: { [`${TREE}/new/.git`]: '', [`${TREE}/new/d/x`]: '' },
      path: 'new/d/a',
      told: 'new/d',
    },
  ])('$what where a folder should be stops the reply', ({ files, path, told }) => {
    const memory = startScenario({ files, changes: [] })
    const before = treeOf(memory)
    expect(attempt(memory, [{ ...NEW, path }])).toMatchObject({ name: 'ChangedMeanwhile', path: told })
    expect([treeOf(memory), leftoversOf(memory).length]).toEqual([before, 0])
  })

  test('one that turns into another repository at any instant stops the reply, or comes too late', () => {
    for (let at = 1; at <= 120; at++) {
      const memory = startScenario({ files: { [`${TREE}/sub/x`]: '' }, changes: [] })
      const happen = () => put(memory, 'sub/.git')
      const error = attempt(atCall(memory, at, happen), [{ ...NEW, path: 'sub/a.txt' }])
      expect([at, 'sub/a.txt' in memory.snapshot(TREE)]).toEqual([at, error === undefined])
    }
  })

  test.each([
    { code: 'ENOTEMPTY', stays: true },
    { code: 'ENOENT', stays: true },
    { code: 'EACCES', stays: false },
  ])('one that cannot be removed again, since $code', ({ code, stays }) => {
    const memory = startScenario({ files: { [`${TREE}/new/x`]: '' }, changes: [] })
    const root = memory.openRoot(TREE)
    const files = new Proxy<FileSystem>(memory, {
      get: (target, name: keyof FileSystem) => {
        if (name !== 'removeFolder') return target[name].bind(target)
        return () => {
          throw systemError(code)
        }
      },
    })
    const remove = () => removeEmptyFolders({ files, root }, ['new', 'gone', 'new/x'])
    if (stays) remove()
    else expect(remove).toThrow(code)
    expect(Object.keys(memory.snapshot(TREE))).toEqual(['new/', 'new/x'])
  })
})

test('what takes another transaction back says which', () => {
  const memory = startScenario(scenario)
  expect(attempt(memory, [NEW], 'the first')).toBeUndefined()
  expect(withJournal(memory, IO, 'a test', (journal) => journal.applied())).toMatchObject([{ undoes: 'the first' }])
})

test('a transaction of a run of lr-loop names it', () => {
  const memory = startScenario(scenario)
  const io = { ...IO, env: { ...IO.env, LR_RUN_DIR: '/runs/one' } }
  const applied = withJournal(memory, io, 'a test', (journal, now) => {
    const root = memory.openRoot(TREE)
    runTransaction({ files: memory, root }, journal, [NEW], now)
    memory.close(root)
    return journal.applied()
  })
  expect(applied).toMatchObject([{ run: 'one' }])
})
