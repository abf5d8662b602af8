import { expect, test } from 'vitest'
import type { FileSystem } from '../src/file-system.ts'
import { hashOf } from '../src/hash.ts'
import { Journal } from '../src/journal.ts'
import { putFile } from '../src/durable-file.ts'
import { atCall } from './support/at-call.ts'
import { MemoryFileSystem } from './support/memory-file-system.ts'
import { runOnce, TREE } from './support/sweep.ts'
import { withTreeState } from '../src/tree-state.ts'

const ENV = { XDG_STATE_HOME: '/state' }

function useJournal<T>(files: FileSystem, use: (journal: Journal) => T, key = '0'): T {
  return withTreeState(files, key, ENV, (state) => use(new Journal(files, state)))
}

/** Lays something where the journal keeps its own: a file, or a folder. */
function lay(memory: MemoryFileSystem, path: string, content: string | undefined): void {
  const at = path.lastIndexOf('/')
  const folder = memory.openMaking(`/state/loop-runner/${path.slice(0, at)}`)
  if (content === undefined) memory.makeFolder(folder, path.slice(at + 1), 0o755)
  else putFile(memory, folder, path.slice(at + 1), Buffer.from(content))
  memory.close(folder)
}

test.each([
  { what: 'text', content: 'x' },
  { what: 'another version', content: '{"version": 2}' },
  { what: 'null', content: 'null' },
  { what: 'a folder', content: undefined },
])('$what in the place of a transaction under way is said, with its name', ({ content }) => {
  const memory = new MemoryFileSystem({})
  lay(memory, 'unfinished/0.pending.json', content)
  const read = () => useJournal(memory, (journal) => journal.unfinished())
  expect(read).toThrow(/0\.pending\.json: not a .+ of this program \(inspect it, then delete it\)/)
})

test('unknown files among the finished transactions are skipped', () => {
  const memory = new MemoryFileSystem({})
  lay(memory, 'trees/0/applied/x.json', '{}')
  expect(useJournal(memory, (journal) => journal.applied())).toEqual([])
})

test('a transaction that disappears while we look is skipped', () => {
  for (let at = 1; at <= 12; at++) {
    const memory = new MemoryFileSystem({})
    lay(memory, 'trees/0/applied/x.json', '{"version": 1, "root": "/", "entries": []}')
    const files = atCall(memory, at, () =>
      memory.removeFile(memory.openRoot('/state/loop-runner/trees/0/applied'), 'x.json'),
    )
    const found = useJournal(files, (journal) => journal.applied().length)
    expect(found).toBeLessThanOrEqual(1)
  }
})

test('the newest transactions can be taken back, and older ones leave nothing', () => {
  const memory = new MemoryFileSystem({ [`${TREE}/a.txt`]: '0' })
  for (let reply = 1; reply <= 61; reply++) {
    const [old, next] = [reply - 1, reply].map((text) => ({ bytes: Buffer.from(String(text)), mode: 0o644 }))
    expect(runOnce(memory, [{ path: 'a.txt', old, next }], `id${String(reply).padStart(2, '0')}`)).toBe('done')
  }
  expect(runOnce(memory, [], 'clean')).toBe('done')
  const names = Object.keys(memory.snapshot('/state'))
  const applied = names.filter((name) => /\/applied\/./.test(name)).map((name) => name.slice(-'id00.json'.length))
  expect([applied.length, applied.sort()[0], applied.at(-1)]).toEqual([50, 'id12.json', 'id61.json'])
  const kept = names.filter((name) => /\/old\/./.test(name)).map((name) => name.slice(-64))
  expect(kept.sort()).toEqual(Array.from({ length: 50 }, (_, index) => hashOf(Buffer.from(String(index + 11)))).sort())
})

test('a version that is kept is given back, but not once the file has changed', () => {
  const memory = new MemoryFileSystem({})
  const hash = hashOf(Buffer.from('old\n'))
  const kept = () => useJournal(memory, (journal) => journal.kept(hash)?.toString())
  expect(kept()).toBeUndefined()
  useJournal(memory, (journal) => journal.keep(Buffer.from('old\n')))
  expect(kept()).toBe('old\n')
  lay(memory, `trees/0/old/${hash}`, 'other\n')
  expect(kept()).toBeUndefined()
})
