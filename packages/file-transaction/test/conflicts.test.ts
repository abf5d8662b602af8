import { describe, expect, test } from 'vitest'
import type { FileSystem, Handle } from '../src/file-system.ts'
import { atCall } from './support/at-call.ts'
import { injectFault } from './support/inject-fault.ts'
import type { MemoryFileSystem } from './support/memory-file-system.ts'
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

const THEIRS = Buffer.from('saved by another program\n')
const scenario = scenarioOf(5)
const calls = countCalls(scenario)
const ends = endsOf(scenario)
const everyCall = Array.from({ length: calls }, (_, index) => index + 1)

/** An editor that saves in place, as most do: a file that is there. */
function saveInPlace(memory: MemoryFileSystem, path = 'src0/f0.txt'): boolean {
  const inode = memory.find(`${TREE}/${path}`)
  if (inode !== undefined) memory.setContent(inode, THEIRS)
  return inode !== undefined
}

/** An editor that saves by putting a new file in the old one's place. */
function saveByRename(memory: MemoryFileSystem): void {
  const folder = memory.openRoot(`${TREE}/src0`)
  const handle = memory.createFile(folder, 'f0.txt~', 0o644)
  memory.write(handle, THEIRS, 0)
  memory.close(handle)
  memory.rename(folder, 'f0.txt~', folder, 'f0.txt')
  memory.close(folder)
}

function holdsTheirs(memory: MemoryFileSystem): boolean {
  return Object.values(memory.snapshot(TREE)).some((content) => content.endsWith(THEIRS.toString()))
}

test.each([
  { fate: 'replaced', path: 'src0/f0.txt' },
  { fate: 'deleted', path: 'src1/f4.txt' },
])('what an editor saves in place at any instant is not lost where the file is $fate', ({ path }) => {
  const lost = everyCall.filter((at) => {
    const memory = startScenario(scenario)
    let isSaved = false
    const files = atCall(memory, at, () => (isSaved = saveInPlace(memory, path)))
    runOnce(files, scenario.changes, 'x')
    runOnce(memory, [], 'y')
    return (isSaved && !holdsTheirs(memory)) || leftoversOf(memory).length > 0
  })
  expect(lost).toEqual([])
})

test('a file that was saved before the point of no return stops the reply', () => {
  const memory = startScenario(scenario)
  saveByRename(memory)
  const before = treeOf(memory)
  expect(runOnce(memory, scenario.changes, 'x')).toBe('failed')
  expect(treeOf(memory)).toBe(before)
  expect(leftoversOf(memory)).toEqual([])
})

test.each([
  { how: 'in place', save: saveInPlace },
  { how: 'by a rename', save: saveByRename },
])('a file that was saved $how after we were killed keeps their bytes, and the rest is put right', ({ save }) => {
  let beside = 0
  for (const at of everyCall) {
    const memory = startScenario(scenario)
    if (runOnce(injectFault(memory, 'kill', at).files, scenario.changes, 'x') !== 'killed') continue
    save(memory)
    forgetProcess(memory)
    expect(runOnce(memory, [], 'y')).toBe('done')
    const tree = memory.snapshot(TREE)
    expect(tree['src0/f0.txt']).toContain(THEIRS.toString())
    const names = Object.keys(tree)
    expect(names.filter((name) => name.includes('.lr-apply'))).toEqual([])
    beside += names.filter((name) => name.startsWith('src0/f0.txt.lr-')).length
    expect(tree['src1/f1.txt']?.endsWith('next 1\n')).toBe('new/' in tree)
  }
  expect(beside).toBeGreaterThan(0)
})

test.each([
  { what: 'gone', put: () => {} },
  {
    what: 'a file',
    put: (memory: MemoryFileSystem, tree: Handle) => memory.close(memory.createFile(tree, 'src0', 0o644)),
  },
])('a folder that is $what after we were killed is no reason to stop', ({ put }) => {
  for (const at of everyCall) {
    const memory = startScenario(scenario)
    if (runOnce(injectFault(memory, 'kill', at).files, scenario.changes, 'x') !== 'killed') continue
    const tree = memory.openRoot(TREE)
    memory.rename(tree, 'src0', tree, 'elsewhere')
    put(memory, tree)
    forgetProcess(memory)
    expect(runOnce(memory, [], 'y')).toBe('done')
  }
})

test('a folder in the place of a file stays as it is, whenever it comes', () => {
  for (const at of everyCall) {
    const memory = startScenario(scenario)
    const files = atCall(memory, at, () => {
      const folder = memory.openRoot(`${TREE}/src0`)
      if (memory.status(folder, 'f0.txt')) memory.removeFile(folder, 'f0.txt')
      memory.makeFolder(folder, 'f0.txt', 0o755)
      memory.close(folder)
    })
    expect(['done', 'failed']).toContain(runOnce(files, scenario.changes, 'x'))
    expect(runOnce(memory, [], 'y')).toBe('done')
    const names = Object.keys(memory.snapshot(TREE))
    expect([at, names.includes('src0/f0.txt/'), names.filter((name) => name.includes('.lr-apply'))]).toEqual([
      at,
      true,
      [],
    ])
    expect(leftoversOf(memory)).toEqual([])
  }
})

test('a tree that is gone is forgotten', () => {
  const memory = startScenario(scenario)
  runOnce(injectFault(memory, 'kill', calls - 30).files, scenario.changes, 'x')
  const work = memory.openRoot('/project')
  memory.rename(work, 'tree', work, 'moved')
  memory.makeFolder(work, 'tree', 0o755)
  forgetProcess(memory)
  expect(runOnce(memory, [], 'y')).toBe('done')
  expect(leftoversOf(memory)).toEqual([])
})

test('the sweeps see a transaction that does not keep its word', () => {
  const careless = (memory: MemoryFileSystem): FileSystem =>
    new Proxy(memory, {
      get: (target, name: keyof FileSystem) => {
        const value: unknown = target[name]
        if (name === 'sync') return () => {}
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  const problems = everyCall.filter((at) => {
    const memory = startScenario(scenario)
    runOnce(injectFault(careless(memory), 'kill', at).files, scenario.changes, 'x')
    memory.losePower((index) => index % 2)
    return checkNextStart(memory, ends) !== undefined
  })
  expect(problems.length).toBeGreaterThan(0)
})

describe('a folder that turns into a link at any instant', () => {
  const moved = (memory: MemoryFileSystem, name: string, isReplaced: boolean) => {
    const tree = memory.openRoot(TREE)
    try {
      if (memory.status(tree, name)?.kind !== 'folder') return false
      memory.rename(tree, name, tree, 'elsewhere')
      if (isReplaced) memory.makeLink(tree, name)
      return true
    } finally {
      memory.close(tree)
    }
  }

  test.each([
    { name: 'src0', what: 'with files that are replaced', isReplaced: true },
    { name: 'src1', what: 'with a file that is deleted', isReplaced: true },
    { name: 'new', what: 'that the reply has made', isReplaced: true },
    { name: 'src0', what: 'that only goes away', isReplaced: false },
  ])('$name, $what: done or failed, and no file of ours stays', ({ name, isReplaced }) => {
    let happened = 0
    for (const at of everyCall) {
      const memory = startScenario(scenario)
      let isMoved = false
      const ended = runOnce(
        atCall(memory, at, () => (isMoved = moved(memory, name, isReplaced))),
        scenario.changes,
        'x',
      )
      if (isMoved) happened++
      expect(['done', 'failed']).toContain(ended)
      expect(memory.openCount).toBe(0)
      const names = Object.keys(memory.snapshot(TREE))
      expect([at, names.filter((one) => one.includes('.lr-apply'))]).toEqual([at, []])
      expect(leftoversOf(memory)).toEqual([])
      // What was replaced is back, in the folder that it was in.
      const contents = JSON.stringify(memory.snapshot(TREE))
      if (ended === 'failed') expect([at, contents.includes('next ')]).toEqual([at, false])
    }
    expect(happened).toBeGreaterThan(0)
  })
})
