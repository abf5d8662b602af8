import { tempFolder } from '@loop-runner/cli-kit/testing'
import { expect, test } from 'vitest'
import { MemoryFileSystem } from '@loop-runner/file-transaction/testing'
import { block, planIn } from './testing/plan-in.ts'
import { makeTreeView, type TreeView } from './tree-view.ts'

/** A disk that fails once it is asked of a file, or once one is opened. */
class FailingDisk extends MemoryFileSystem {
  failsAt: 'status' | 'open' | undefined

  override status(...args: Parameters<MemoryFileSystem['status']>): ReturnType<MemoryFileSystem['status']> {
    if (this.failsAt === 'status') throw inputOutputError()
    return super.status(...args)
  }

  override openFile(...args: Parameters<MemoryFileSystem['openFile']>): ReturnType<MemoryFileSystem['openFile']> {
    if (this.failsAt === 'open') throw inputOutputError()
    return super.openFile(...args)
  }
}

function inputOutputError(): Error {
  return Object.assign(new Error('EIO: i/o error'), { code: 'EIO' })
}

test.each<{ what: string; ask: (tree: TreeView) => unknown }>([
  { what: 'whether a file is there', ask: (tree) => tree.isThere('a.ts') },
  { what: 'whether a name is known', ask: (tree) => tree.isKnown('a.ts') },
  { what: 'what a file holds', ask: (tree) => tree.read('a.ts') },
  { what: 'whether a file holds a line', ask: (tree) => tree.holdsLine('a.ts', 'old') },
  { what: 'the text of a file', ask: (tree) => tree.textOf?.('a.ts') },
  { what: 'what a new name may be taken for', ask: (tree) => tree.findTwin('b.ts') },
])('$what is not answered by a disk that fails', ({ ask }) => {
  const files = new FailingDisk({ '/t/a.ts': 'old\n' })
  const open = () => makeTreeView(files, files.openRoot('/t'), '/t')
  ask(open())
  files.failsAt = 'status'
  expect(() => ask(open())).toThrowError(
    expect.objectContaining({ status: 3, message: expect.stringMatching(/^[ab]\.ts: /) }),
  )
})

test('nothing is planned where a file cannot be read', async () => {
  using folder = tempFolder()
  const files = new FailingDisk({ [`${folder.path}/a.ts`]: 'old\n' })
  files.failsAt = 'open'
  const plan = planIn(folder.path, block('a.ts', 'new\n'), [], {}, { files })
  await expect(plan).rejects.toMatchObject({ status: 3, message: expect.stringMatching(/^a\.ts: /) })
})

test('a name that is no path has no text', () => {
  const files = new MemoryFileSystem({ '/t/a.ts': 'old\n' })
  const tree = makeTreeView(files, files.openRoot('/t'), '/t')
  expect(['a.ts', '../a.ts', 'none.ts'].map((name) => tree.textOf?.(name))).toEqual(['old\n', undefined, undefined])
})
