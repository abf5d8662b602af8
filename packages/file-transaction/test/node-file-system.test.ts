import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import type { FileSystem } from '../src/file-system.ts'
import { makeNodeFileSystem } from '../src/node-file-system.ts'
import { runTransaction } from '../src/transaction.ts'
import { inFolderOf, readFile, RefusedPath } from '../src/tree.ts'
import { withJournal } from '../src/with-journal.ts'

const ways = existsSync('/proc/self/fd') ? [true, false] : [false]

describe.each(ways)('with procfs: %s', (hasProcfs) => {
  test('a transaction replaces, makes and deletes', () => {
    using folder = tempFolder({ 'tree/src/a.txt': 'old\n', 'tree/gone.txt': 'old\n' })
    const files = makeNodeFileSystem(hasProcfs)
    const rootPath = join(folder.path, 'tree')
    const root = files.openRoot(rootPath)
    const version = (text: string) => ({ bytes: Buffer.from(text), mode: 0o640 })
    const changes = [
      { path: 'src/a.txt', old: version('old\n'), next: version('new\n') },
      { path: 'new/deep/b.txt', old: undefined, next: version('b\n') },
      { path: 'gone.txt', old: version('old\n'), next: undefined },
    ]
    const io = { cwd: rootPath, env: { XDG_STATE_HOME: folder.path }, warn: () => {} }
    withJournal(files, io, 'a test', (journal, now) => runTransaction({ files, root }, journal, changes, now))
    expect(readdirSync(rootPath).sort()).toEqual(['new', 'src'])
    expect(readFileSync(join(rootPath, 'src/a.txt'), 'utf8')).toBe('new\n')
    expect(readFileSync(join(rootPath, 'new/deep/b.txt'), 'utf8')).toBe('b\n')
  })

  test('a link is not followed', () => {
    using folder = tempFolder({ 'real/a.txt': 'old\n' })
    symlinkSync('real', join(folder.path, 'link'))
    symlinkSync('real/a.txt', join(folder.path, 'link.txt'))
    const files = makeNodeFileSystem(hasProcfs)
    const root = files.openRoot(folder.path)
    const read = (path: string) => inFolderOf(files, root, path, (parent, name) => readFile(files, parent, name))
    expect(() => read('link/a.txt')).toThrow(RefusedPath)
    expect(() => read('link.txt')).toThrow(RefusedPath)
    expect(read('none.txt')).toBeUndefined()
    expect(read('none/a.txt')).toBeUndefined()
  })

  test('the type of a file is known, and one that cannot be looked at is an error', () => {
    using folder = tempFolder({ 'sub/a.txt': 'old\n' })
    symlinkSync('sub', join(folder.path, 'link'))
    const files = makeNodeFileSystem(hasProcfs)
    const kindOf = (path: string, name: string) => files.status(files.openRoot(path), name)?.kind
    expect(kindOf(folder.path, 'sub')).toBe('folder')
    expect(kindOf(folder.path, 'link')).toBe('link')
    expect(kindOf(join(folder.path, 'sub'), 'a.txt')).toBe('file')
    expect(kindOf('/dev', 'null')).toBe('other')
    expect(kindOf(folder.path, 'none')).toBeUndefined()
    expect(() => kindOf(folder.path, 'x'.repeat(300))).toThrow('ENAMETOOLONG')
  })

  test.each([
    { name: 'sub', message: 'a folder, not a file' },
    { name: 'link', message: 'a symbolic link' },
    { name: 'null', message: 'not a regular file' },
  ])('$name is no file', ({ name, message }) => {
    using folder = tempFolder({ 'sub/a.txt': 'old\n' })
    symlinkSync('sub', join(folder.path, 'link'))
    const files = makeNodeFileSystem(hasProcfs)
    const root = files.openRoot(name === 'null' ? '/dev' : folder.path)
    expect(() => readFile(files, root, name)).toThrow(message)
  })

  test('a file that has become a folder when it is opened is refused', () => {
    using folder = tempFolder({ 'a.txt': 'old\n' })
    const files = makeNodeFileSystem(hasProcfs)
    const openFile: FileSystem['openFile'] = (parent, name) => {
      rmSync(join(folder.path, name))
      mkdirSync(join(folder.path, name))
      return files.openFile(parent, name)
    }
    const root = files.openRoot(folder.path)
    expect(() => readFile({ ...files, openFile }, root, 'a.txt')).toThrow('a folder, not a file')
  })

  test('what is closed is no place to write to', () => {
    using folder = tempFolder({})
    const files = makeNodeFileSystem(hasProcfs)
    const root = files.openRoot(folder.path)
    files.close(root)
    expect(() => files.makeFolder(root, 'sub', 0o755)).toThrow('ENOENT')
  })

  test('a root that is moved away is written where it is, or not at all', () => {
    using folder = tempFolder({ 'tree/a.txt': 'old\n', 'other/a.txt': 'theirs\n' })
    const files = makeNodeFileSystem(hasProcfs)
    const root = files.openRoot(join(folder.path, 'tree'))
    renameSync(join(folder.path, 'tree'), join(folder.path, 'moved'))
    renameSync(join(folder.path, 'other'), join(folder.path, 'tree'))
    const create = () => files.close(files.createFile(root, 'b.txt', 0o644))
    if (hasProcfs) create()
    else expect(create).toThrow('another folder in its place')
    expect(existsSync(join(folder.path, 'tree/b.txt'))).toBe(false)
    expect(existsSync(join(folder.path, 'moved/b.txt'))).toBe(hasProcfs)
  })
})
