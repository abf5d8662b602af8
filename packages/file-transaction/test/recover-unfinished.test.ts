import { join } from 'node:path'
import { type ProcessMark, processMark } from '@loop-runner/cli-kit'
import { expect, test } from 'vitest'
import { getFile, putFile, removeIfThere } from '../src/durable-file.ts'
import type { FileSystem } from '../src/file-system.ts'
import { Journal } from '../src/journal.ts'
import { isHeld } from '../src/lock.ts'
import { readManifest } from '../src/manifest.ts'
import { recover } from '../src/recover.ts'
import { unfinishedFolder } from '../src/unfinished-folder.ts'
import { recoverUnfinished } from '../src/recover-unfinished.ts'
import { atCall } from './support/at-call.ts'
import { injectFault } from './support/inject-fault.ts'
import type { MemoryFileSystem } from './support/memory-file-system.ts'
import { systemError } from './support/memory-node.ts'
import {
  endsOf,
  forgetProcess,
  leftoversOf,
  runOnce,
  scenarioOf,
  startScenario,
  TREE,
  treeOf,
} from './support/sweep.ts'
import { keyOf, treeStatePath, withTreeState } from '../src/tree-state.ts'

const ENV = { XDG_STATE_HOME: '/state' }
const ELSEWHERE = '/project/other'
const UNFINISHED = unfinishedFolder(ENV)
/** Of the transaction under way in the tree, once it is past the point of no return. */
const JOURNAL = `${keyOf(TREE)}.committed.json`
const scenario = scenarioOf(5)
const ends = endsOf(scenario)

/** A tree in which a reply was killed while it was put in its place. */
function halfWritten(): MemoryFileSystem {
  for (let at = 100; ; at++) {
    const memory = startScenario(scenario)
    runOnce(injectFault(memory, 'kill', at).files, scenario.changes, 'x')
    if (treeOf(memory).includes('next 0') && memory.find(join(UNFINISHED, JOURNAL))) {
      forgetProcess(memory)
      return memory
    }
  }
}

/** @returns what is said */
async function recoverFrom(cwd: string, files: FileSystem): Promise<string[]> {
  const said: string[] = []
  await recoverUnfinished({ cwd, env: ENV, warn: (line) => said.push(line) }, files)
  return said
}

function lock(memory: MemoryFileSystem, mark: ProcessMark): void {
  const holder = { mark, who: 'a test', since: 'now' }
  putFile(memory, memory.openMaking(treeStatePath(TREE, ENV)), 'lock', Buffer.from(JSON.stringify(holder)))
}

const removeLock = (memory: MemoryFileSystem) => memory.removeFile(memory.openRoot(treeStatePath(TREE, ENV)), 'lock')

test.each([TREE, ELSEWHERE])('seen from %s: the reply is finished, and that is said', async (cwd) => {
  const memory = halfWritten()
  const [said, ...more] = await recoverFrom(cwd, memory)
  expect([said, more]).toEqual([
    expect.stringContaining(`${TREE}: an interrupted reply was finished: src0/f0.txt,`),
    [],
  ])
  expect([treeOf(memory), leftoversOf(memory)]).toEqual([ends.next, []])
})

/** Another process, which puts the tree right unless a process holds its lock. */
function recoverToo(memory: MemoryFileSystem): void {
  withTreeState(memory, keyOf(TREE), ENV, (state) => {
    const isLocked = ['lock', 'lock.breaking'].some((name) => isHeld(memory, state.folder, name))
    if (isLocked) return
    recover(memory, new Journal(memory, state), true)
    removeIfThere(memory, state.folder, 'lock')
  })
}

test.each([TREE, ELSEWHERE])('seen from %s while another puts it right: one of the two has done it', async (cwd) => {
  for (let at = 1; at <= 40; at++) {
    const memory = halfWritten()
    const files = atCall(memory, at, () => recoverToo(memory))
    await recoverFrom(cwd, files)
    expect([at, treeOf(memory), leftoversOf(memory)]).toEqual([at, ends.next, []])
  }
})

test('from another tree, a transaction at work is left alone at any instant', async () => {
  let left = 0
  for (let at = 1; at <= 40; at++) {
    const memory = halfWritten()
    const before = treeOf(memory)
    const isFree = () => !memory.find(join(treeStatePath(TREE, ENV), 'lock'))
    let isTheirs = false
    removeLock(memory)
    const files = atCall(memory, at, () => {
      isTheirs = isFree()
      if (isTheirs) lock(memory, processMark())
    })
    const said = await recoverFrom(ELSEWHERE, files)
    expect([at, treeOf(memory)]).toEqual([at, said.length === 0 ? before : ends.next])
    if (isTheirs && said.length === 0) left++
  }
  expect(left).toBeGreaterThan(0)
})

test('in the tree itself they are waited for', async () => {
  const memory = halfWritten()
  lock(memory, processMark())
  const said = await recoverFrom(
    TREE,
    atCall(memory, 60, () => removeLock(memory)),
  )
  expect([said.length, treeOf(memory)]).toEqual([1, ends.next])
})

test('of two trees, the second is over when we come to it', async () => {
  const memory = halfWritten()
  const unfinished = memory.openRoot(UNFINISHED)
  // Listed behind the one that we recover; it is gone when that is done.
  const other = `${keyOf(ELSEWHERE)}.pending.json`
  putFile(memory, unfinished, other, Buffer.from('{}'))
  const said: string[] = []
  const warn = (line: string) => {
    said.push(line)
    memory.removeFile(unfinished, other)
  }
  await recoverUnfinished({ cwd: '/project', env: ENV, warn }, memory)
  expect(said).toEqual([expect.stringContaining('an interrupted reply was finished')])
})

test('what cannot be put right elsewhere is said, and no reason not to work here', async () => {
  const memory = halfWritten()
  const unfinished = memory.openRoot(UNFINISHED)
  putFile(memory, unfinished, 'README', Buffer.from('put here by another program'))
  putFile(memory, unfinished, JOURNAL, Buffer.from('{}'))
  expect(await recoverFrom(ELSEWHERE, memory)).toEqual([expect.stringContaining('not a journal of this program')])
  await expect(recoverFrom(TREE, memory)).rejects.toMatchObject({ status: 3 })
})

test.each([
  { path: TREE, message: 'half written, and that cannot be put right now: permission denied' },
  { path: treeStatePath(TREE, ENV), message: 'permission denied (the journal is kept there: make it writable, or set' },
])('where $path cannot be opened, that is said, and the journal stays', async ({ path, message }) => {
  const memory = halfWritten()
  const openRoot = (asked: string) => {
    if (asked === path) throw systemError('EACCES')
    return memory.openRoot(asked)
  }
  const files = new Proxy<FileSystem>(memory, {
    get: (target, name: keyof FileSystem) => (name === 'openRoot' ? openRoot : target[name].bind(target)),
  })
  await expect(recoverFrom(TREE, files)).rejects.toThrow(message)
  expect(memory.find(join(UNFINISHED, JOURNAL))).toBeDefined()
})

const GONE = [`${TREE}: gone, and what was begun there with it`]

test.each([
  { what: 'gone', days: 0, cwd: TREE, said: GONE },
  { what: 'a file now', days: 0, cwd: TREE, isFile: true, said: GONE },
  { what: 'on a disk that may come back', days: 29, cwd: ELSEWHERE, said: [] },
  { what: 'gone for a month', days: 31, cwd: ELSEWHERE, said: GONE },
])('a tree that is $what, seen from $cwd', async ({ days, cwd, isFile = false, said }) => {
  const memory = halfWritten()
  const [work, unfinished] = [memory.openRoot('/project'), memory.openRoot(UNFINISHED)]
  const at = new Date(Date.now() - days * 24 * 3600 * 1000).toISOString()
  const manifest = { ...readManifest(getFile(memory, unfinished, JOURNAL)), at }
  putFile(memory, unfinished, JOURNAL, Buffer.from(JSON.stringify(manifest)))
  memory.rename(work, 'tree', work, 'moved')
  if (isFile) memory.close(memory.createFile(work, 'tree', 0o644))
  expect(await recoverFrom(cwd, memory)).toEqual(said)
  expect(leftoversOf(memory).length).toBe(said.length === 0 ? 1 : 0)
})
