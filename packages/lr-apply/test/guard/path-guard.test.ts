import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { hasProgram, sampleOf, tempFolder } from '@loop-runner/test-kit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeNodeFileSystem, runTransaction, withJournal } from '@loop-runner/file-transaction'
import { judgePath } from '../../src/guard/judge-path.ts'
import { BAD_PATHS } from '../support/bad-paths.ts'
import { makeBadTree } from '../support/bad-tree.ts'
import { planIn } from '../support/plan-in.ts'
import { makeTreeView, type TreeView } from '../../src/tree-view.ts'

const WAYS = {
  whole: 'ours\n',
  edit: '<<<<<<< SEARCH\ntheirs\n=======\nours\n>>>>>>> REPLACE\n',
}

/** A block of this name, spelled in quotes where a stream could not hold it otherwise. */
function blockOf(name: string, content: string): string {
  const bytes = [...Buffer.from(name)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`)
  const spelled = /^[^\p{C}"\\]+$/u.test(name) && name.trim() === name ? name : `"${bytes.join('')}"`
  return `<<<< ${spelled} <<<<\n${content}>>>>>>>>\n`
}

test(`${BAD_PATHS.length} bad paths, written whole, over what is there, by edits, and deleted: none is accepted`, async () => {
  expect(new Set(BAD_PATHS).size).toBeGreaterThanOrEqual(250)
  using folder = tempFolder()
  using outside = tempFolder({ canary: 'theirs\n' })
  const server = await makeBadTree(folder.path, outside.path)
  const accepted: string[] = []
  for (const path of sampleOf(BAD_PATHS, 4)) {
    const replies = Object.entries(WAYS).map(([way, content]) => [way, blockOf(path, content)] as const)
    for (const [way, reply] of [...replies, ['deletion', blockOf('deleted', `${path}\n`)] as const]) {
      for (const options of [{ delete: true }, { delete: true, new: true, 'any-file': true }]) {
        const plan = await planIn(folder.path, reply, [], options)
        if (plan.changes.length > 0) accepted.push(`${JSON.stringify(path)}, ${way}: ${plan.changes[0]?.path}`)
      }
    }
  }
  server.close()
  expect(accepted).toEqual([])
})

test('100,000 paths by chance: what is let through is written into the root, and nothing beside it', () => {
  using around = tempFolder({ canary: 'alive\n', 'root/a.ts': 'old\n', 'root/src/b.ts': 'old\n' })
  const rootPath = join(around.path, 'root')
  const files = makeNodeFileSystem()
  const root = files.openRoot(rootPath)
  const tree = makeTreeView(files, root, rootPath)
  const scraps = [
    '..',
    '.',
    '/',
    '\\',
    '.git',
    'git~1',
    'src',
    'a.ts',
    'b',
    ':',
    '%2e',
    '%2f',
    '~',
    ' ',
    '\0',
    'C:',
    '\u200b',
  ]
  const more = ['ｇ', 'É', '\u202e', '-', '*', 'canary', around.path, basename(around.path), '\u2025']
  const scrap = fc.constantFrom(...scraps, ...more)
  const path = fc.oneof(
    fc.array(scrap, { maxLength: 8 }).map((parts) => parts.join('')),
    fc
      .array(fc.oneof(scrap, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 6 })
      .map((parts) => parts.join('/')),
  )
  let written = 0
  fc.assert(
    fc.property(path, (text) => {
      if (judgePath(text)) return true
      const folded = text.normalize('NFKC').toLowerCase()
      if (join('/root', text) !== `/root/${text}` || /(?:^|\/)(?:\.git|git~\d+)[. ]*(?:\/|$)/.test(folded)) return false
      const old = findOld(tree, text)
      if (old === 'refused' || written >= MOST_WRITTEN) return true
      const change = { path: text, old, next: { bytes: Buffer.from('ours\n'), mode: 0o644 } }
      const io = { cwd: rootPath, env: { XDG_STATE_HOME: join(around.path, 'state') }, warn: () => {} }
      const manifest = withJournal(files, io, 'a test', (journal, now) =>
        runTransaction({ files, root }, journal, [change], now),
      )
      written++
      return manifest.entries.length === 1
    }),
    { numRuns: 100_000 },
  )
  console.log(`paths by chance: 100000 tried, ${written} written into the root`)
  expect(readFileSync(join(around.path, 'canary'), 'utf8')).toBe('alive\n')
  expect(readdirSync(around.path).sort()).toEqual(['canary', 'root', 'state'])
  expect(written).toBeGreaterThan(100)
})

function findOld(tree: TreeView, path: string): { bytes: Buffer; mode: number } | undefined | 'refused' {
  try {
    const found = tree.read(path)
    return found && { bytes: found.bytes, mode: found.status.mode }
  } catch {
    return 'refused'
  }
}

test.each([
  'src/a.py',
  '.gitignore',
  '.github-notes.md',
  'git/x',
  'a.git',
  'my file.txt',
  'ünïcödé/ß.txt',
  '日本/語.md',
  'Makefile',
  'a..b/c',
  '...x',
])('%s is a path like any other', (path) => {
  expect(judgePath(path)).toBeUndefined()
})

test.skipIf(!hasProgram('python3'))('a folder and a link that change places lead nowhere else (python3)', async () => {
  using around = tempFolder({ 'root/src/a.txt': 'old\n', 'outside/a.txt': 'theirs\n' })
  const root = join(around.path, 'root')
  const swapper = spawn('python3', ['-c', SWAPPER], { cwd: root, stdio: 'ignore' })
  const files = makeNodeFileSystem()
  const handle = files.openRoot(root)
  const tree = makeTreeView(files, handle, root)
  let [written, refused] = [0, 0]
  const end = Date.now() + 5000
  for (let round = 0; Date.now() < end; round++) {
    try {
      const old = tree.read('src/a.txt')
      if (!old) throw new Error('no file at this moment')
      const bytes = Buffer.from(`ours ${round}\n`)
      const change = { path: 'src/a.txt', old: { bytes: old.bytes, mode: 0o644 }, next: { bytes, mode: 0o644 } }
      const io = { cwd: root, env: { XDG_STATE_HOME: join(around.path, 'state') }, warn: () => {} }
      withJournal(files, io, 'a test', (journal, now) =>
        runTransaction({ files, root: handle }, journal, [change], now),
      )
      written++
    } catch {
      refused++
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
  swapper.kill('SIGKILL')
  console.log(`racing swaps: ${written} written, ${refused} refused`)
  expect(readdirSync(join(around.path, 'outside'))).toEqual(['a.txt'])
  expect(readFileSync(join(around.path, 'outside/a.txt'), 'utf8')).toBe('theirs\n')
  expect(written).toBeGreaterThan(0)
})

/** Writing them all would take a minute. */
const MOST_WRITTEN = 1500

/** Puts a link to the outside in the place of a folder, and the folder back, as fast as it can. */
const SWAPPER = `
import os
os.symlink('../outside', 'link')
while True:
    os.rename('src', 'kept'); os.rename('link', 'src')
    os.rename('src', 'link'); os.rename('kept', 'src')
`
