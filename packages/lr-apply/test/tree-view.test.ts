import { tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { MemoryFileSystem } from '@loop-runner/file-transaction/testing'
import { block, planIn } from './support/plan-in.ts'
import { makeTreeView, type TreeView } from '../src/tree-view.ts'

/** A disk that fails to return the status of a file, to open one, or to list a folder. */
class FailingDisk extends MemoryFileSystem {
  failsAt: 'status' | 'open' | 'list' | undefined

  override status(...args: Parameters<MemoryFileSystem['status']>): ReturnType<MemoryFileSystem['status']> {
    if (this.failsAt === 'status') throw inputOutputError()
    return super.status(...args)
  }

  override openFile(...args: Parameters<MemoryFileSystem['openFile']>): ReturnType<MemoryFileSystem['openFile']> {
    if (this.failsAt === 'open') throw inputOutputError()
    return super.openFile(...args)
  }

  override list(...args: Parameters<MemoryFileSystem['list']>): ReturnType<MemoryFileSystem['list']> {
    if (this.failsAt === 'list') throw inputOutputError()
    return super.list(...args)
  }
}

/** A disk on which a folder is replaced by a link just before one look at it, counted from 1. */
class SwappedDisk extends MemoryFileSystem {
  looks = 0
  swapsAt = 0
  swap: () => void = () => {}

  override openFolder(...args: Parameters<MemoryFileSystem['openFolder']>): number {
    this.look()
    return super.openFolder(...args)
  }

  override status(...args: Parameters<MemoryFileSystem['status']>): ReturnType<MemoryFileSystem['status']> {
    this.look()
    return super.status(...args)
  }

  look(): void {
    this.looks++
    if (this.looks === this.swapsAt) this.swap()
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

test('no new file is planned in a folder that cannot be listed', async () => {
  using folder = tempFolder()
  const files = new FailingDisk({ [`${folder.path}/a.ts`]: 'old\n' })
  files.failsAt = 'list'
  const plan = planIn(folder.path, block('b.ts', 'new\n'), [], { new: true }, { files })
  await expect(plan).rejects.toMatchObject({ status: 3, message: expect.stringMatching(/^b\.ts: /) })
})

test('a name that is no path has no text', () => {
  const files = new MemoryFileSystem({ '/t/a.ts': 'old\n' })
  const tree = makeTreeView(files, files.openRoot('/t'), '/t')
  expect(['a.ts', '../a.ts', 'none.ts'].map((name) => tree.textOf?.(name))).toEqual(['old\n', undefined, undefined])
})

test('a folder that turns into a link while the reply is planned is refused, or was used before', async () => {
  using folder = tempFolder()
  const reply = block('sub/a.ts', 'new\n') + block('sub/new.ts', 'new\n')
  const plan = async (swapsAt: number) => {
    const files = new SwappedDisk({ [`${folder.path}/sub/a.ts`]: 'old\n' })
    files.swap = () => {
      const tree = files.openRoot(folder.path)
      files.rename(tree, 'sub', tree, 'elsewhere')
      files.makeLink(tree, 'sub')
    }
    files.looks = 0
    files.swapsAt = swapsAt
    const { changes, rejected } = await planIn(folder.path, reply, [], { new: true }, { files })
    return { looks: files.looks, changed: changes.length, codes: rejected.map(({ code }) => code) }
  }
  const { looks, changed } = await plan(0)
  expect(changed).toBe(2)
  const codes = new Set<string>()
  for (let at = 1; at <= looks; at++) {
    const planned = await plan(at)
    for (const code of planned.codes) codes.add(code)
    expect([at, planned.codes.length > 0 ? 0 : 2]).toEqual([at, planned.changed])
  }
  expect(codes).toContain('symbolic-link')
})
