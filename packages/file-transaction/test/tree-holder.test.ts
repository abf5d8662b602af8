import { processMark } from '@loop-runner/cli-kit'
import { tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { takeLock } from '../src/lock.ts'
import { lockTree } from '../src/lock-tree.ts'
import { makeNodeFileSystem } from '../src/node-file-system.ts'
import { deadHolder, treeHolder } from '../src/tree-holder.ts'
import { keyOf, withTreeState } from '../src/tree-state.ts'

test('a tree without state has no holder', () => {
  using folder = tempFolder()
  expect(treeHolder(folder.path, { XDG_STATE_HOME: folder.path }, 'loop')).toBeUndefined()
  expect(deadHolder(folder.path, { XDG_STATE_HOME: folder.path }, 'loop')).toBeUndefined()
})

test('a lock is held until it is given back', () => {
  using folder = tempFolder()
  const env = { XDG_STATE_HOME: folder.path }
  const release = lockTree(folder.path, env, 'loop', 'a test')
  expect(treeHolder(folder.path, env, 'loop')).toMatchObject({ who: 'a test' })
  expect(deadHolder(folder.path, env, 'loop')).toBeUndefined()
  expect(treeHolder(folder.path, env, 'other')).toBeUndefined()
  release()
  expect(treeHolder(folder.path, env, 'loop')).toBeUndefined()
})

test('a lock of a process that has ended is not held', () => {
  using folder = tempFolder()
  const env = { XDG_STATE_HOME: folder.path }
  const files = makeNodeFileSystem()
  // A start time that no process has.
  const mark = { ...processMark(), started: '1' }
  withTreeState(files, keyOf(folder.path), env, (state) => {
    takeLock(files, state.folder, 'loop', { mark, who: 'a test', since: new Date().toISOString() })
  })
  expect(treeHolder(folder.path, env, 'loop')).toBeUndefined()
  expect(deadHolder(folder.path, env, 'loop')).toMatchObject({ who: 'a test' })
})
