import { processMark } from '@loop-runner/cli-kit'
import { expect, test } from 'vitest'
import type { FileSystem } from '../src/file-system.ts'
import { takeLock, TreeLocked } from '../src/lock.ts'
import { getFile, putFile } from '../src/durable-file.ts'
import { atCall } from './support/at-call.ts'
import { MemoryFileSystem } from './support/memory-file-system.ts'

const OURS = processMark()
/** Process 1 always runs. */
const LIVING = { ...OURS, pid: 1, started: '' }
const DEAD = { ...OURS, boot: 'another' }

const holder = (mark: typeof OURS, who = 'lr-apply') => ({ mark, who, since: '2026-01-01T00:00:00.000Z' })

/** What a living process writes. */
const THEIRS = JSON.stringify(holder(LIVING))

function makeState(files: Readonly<Record<string, unknown>>): MemoryFileSystem {
  const memory = new MemoryFileSystem({ '/s/any': '' })
  const state = memory.openRoot('/s')
  memory.removeFile(state, 'any')
  for (const [name, value] of Object.entries(files)) {
    putFile(memory, state, name, Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)))
  }
  return memory
}

/** @returns whether it was taken */
function tryTake(files: FileSystem, mark: typeof OURS): boolean {
  try {
    takeLock(files, files.openRoot('/s'), 'lock', holder(mark))
    return true
  } catch (error) {
    expect(error).toBeInstanceOf(TreeLocked)
    expect(error).toMatchObject({ status: 4 })
    return false
  }
}

test.each([
  { what: 'no process', files: {}, taken: true },
  { what: 'a living process', files: { lock: holder(LIVING) }, taken: false },
  { what: 'a dead process', files: { lock: holder(DEAD) }, taken: true },
  { what: 'an unreadable file', files: { lock: 'x' }, taken: true },
  { what: 'a file without a process', files: { lock: 'null' }, taken: true },
  { what: 'a process without a number', files: { lock: { mark: {} } }, taken: true },
  {
    what: 'a dead process, while another takes over',
    files: { lock: holder(DEAD), 'lock.breaking': holder(LIVING) },
    taken: false,
  },
  {
    what: 'dead processes, one while it took over',
    files: { lock: holder(DEAD), 'lock.breaking': holder(DEAD) },
    taken: true,
  },
  { what: 'no process, after a death while taking over', files: { 'lock.breaking': holder(DEAD) }, taken: true },
  { what: 'no process, after a death while taking it', files: { 'lock.4194301': '{' }, taken: true },
  { what: 'no process, while another is about to take it', files: { 'lock.1': '{' }, taken: true },
])('a lock held by $what', ({ files, taken }) => {
  const memory = makeState(files)
  expect(tryTake(memory, OURS)).toBe(taken)
  const names = Object.keys(memory.snapshot('/s')).filter((name) => name !== 'lock' && name !== 'lock.1')
  if (taken) expect(names).toEqual([])
})

test('the holder is named', () => {
  const memory = makeState({ lock: holder(LIVING, 'lr-git') })
  const take = () => takeLock(memory, memory.openRoot('/s'), 'lock', holder(OURS))
  expect(take).toThrow('locked by lr-git, process 1, since 2026-01-01T00:00:00.000Z (try again when it is done)')
})

test('given back, it can be taken again', () => {
  const memory = makeState({})
  takeLock(memory, memory.openRoot('/s'), 'lock', holder(LIVING))()
  expect(tryTake(memory, OURS)).toBe(true)
})

test.each([
  { what: 'free', files: {} },
  { what: 'of a dead process', files: { lock: holder(DEAD) } },
  {
    what: 'of a dead process, with the remains of another',
    files: { lock: holder(DEAD), 'lock.breaking': holder(DEAD) },
  },
])('two that take a lock $what at once: one has it', ({ files }) => {
  for (let at = 1; at <= 60; at++) {
    const memory = makeState(files)
    let theirs = false
    const ours = tryTake(
      atCall(memory, at, () => (theirs = tryTake(memory, LIVING))),
      OURS,
    )
    expect([at, ours && theirs]).toEqual([at, false])
  }
})

test('one that is first at the right to take a dead lock over keeps it', () => {
  const told = new Set<string>()
  for (let at = 1; at <= 60; at++) {
    const memory = makeState({ lock: holder(DEAD), 'lock.breaking': holder(DEAD) })
    const state = memory.openRoot('/s')
    const files = atCall(memory, at, () => {
      if (!memory.status(state, 'lock.breaking')) putFile(memory, state, 'lock.breaking', Buffer.from(THEIRS))
    })
    try {
      takeLock(files, state, 'lock', holder(OURS))
    } catch (error) {
      told.add(String(error))
      expect(getFile(memory, state, 'lock.breaking')?.toString()).toBe(THEIRS)
    }
  }
  expect([...told]).toEqual(['CommandError: the working tree is locked by another process (try again when it is done)'])
})
