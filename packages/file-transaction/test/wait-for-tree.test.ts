import { processMark } from '@loop-runner/cli-kit'
import { tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { lockTree } from '../src/lock-tree.ts'
import { TreeLocked } from '../src/lock.ts'
import { waitForTree } from '../src/wait-for-tree.ts'

test('what finds the tree locked is done once it is free', async () => {
  let tries = 0
  const use = () => {
    if (++tries < 3) throw new TreeLocked(undefined)
    return tries
  }
  expect(await waitForTree(use)).toBe(3)
})

test('what fails otherwise is not tried again', async () => {
  let tries = 0
  const use = () => {
    tries++
    throw new Error('no')
  }
  await expect(waitForTree(use)).rejects.toThrow('no')
  expect(tries).toBe(1)
})

test('a lock that is held for longer: the second is refused and told of the first, another name is free', () => {
  using folder = tempFolder({ 'tree/.git/HEAD': '', 'tree/sub/a.txt': '' })
  const take = (place: string, name: string) =>
    lockTree(`${folder.path}/tree${place}`, { XDG_STATE_HOME: folder.path }, name, 'the first')
  const giveBack = take('', 'loop')
  expect(() => take('/sub', 'loop')).toThrow(`locked by the first, process ${processMark().pid}, since`)
  take('/sub', 'other')()
  giveBack()
  take('/sub', 'loop')()
})
