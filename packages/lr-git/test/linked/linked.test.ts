import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { hasProgram, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { callerOf, reportOf, runGit, type TestRepository, testRepository } from '../support/test-repository.ts'

const call = callerOf('git')

/** A repository with what git does not track in it: ignored folders and files, a new file, links. */
function untidyRepository(): TestRepository {
  const repository = testRepository({ '.gitignore': 'node_modules/\n.env\n', 'a.py': 'a\n', 'pkg/own.js': 'own\n' })
  const { path, write } = repository
  mkdirSync(join(path, 'node_modules/.bin'), { recursive: true })
  write('node_modules/dep.js', 'dep\n')
  write('node_modules/.bin/tool', 'tool\n')
  chmodSync(join(path, 'node_modules/.bin/tool'), 0o755)
  symlinkSync('../pkg', join(path, 'node_modules/own'))
  write('.env', 'secret\n')
  write('new.py', 'new\n')
  return repository
}

/** The state of a repository that a linked working tree must leave as it was. */
function traceOf({ git }: TestRepository): string {
  return [git('worktree', 'list', '--porcelain'), git('branch', '-a'), git('status', '--porcelain'), git('fsck')].join(
    '\n',
  )
}

describe.skipIf(!hasProgram('git'))('a tree beside this one (git)', () => {
  test('fork: the commit, and copies of what git does not track; drop leaves nothing of it', async () => {
    using repository = untidyRepository()
    using outside = tempFolder()
    const folder = join(outside.path, 'try')
    const before = traceOf(repository)
    const forked = await call(repository, 'fork', [folder])
    expect(forked).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/copied .*\.env, node_modules\/, new\.py/),
    })
    expect(forked.linesOf('worktree')).toEqual([folder])
    expect(runGit(folder, ['status', '--porcelain'])).toBe('?? new.py')
    expect(runGit(folder, ['branch', '--show-current'])).toBe('')
    expect(readlinkSync(join(folder, 'node_modules/own'))).toBe('../pkg')
    expect(lstatSync(join(folder, 'node_modules/.bin/tool')).mode & 0o111).toBe(0o111)
    writeFileSync(join(folder, 'node_modules/dep.js'), 'changed\n')
    expect(readFileSync(join(repository.path, 'node_modules/dep.js'), 'utf8')).toBe('dep\n')
    expect(await call(repository, 'drop', [folder])).toMatchObject({ status: 0, stdout: '' })
    expect(existsSync(folder)).toBe(false)
    expect(traceOf(repository)).toBe(before)
    expect(await call(repository, 'drop', [folder])).toMatchObject({ status: 1 })
  })

  test.each([
    { how: 'link', status: '?? new.py', dependency: 'changed\n' },
    { how: 'none', status: '?? new.py', dependency: 'dep\n' },
  ])('fork --ignored $how', async ({ how, status, dependency }) => {
    using repository = untidyRepository()
    using outside = tempFolder()
    const folder = join(outside.path, 'try')
    expect(await call(repository, 'fork', [`--ignored=${how}`, folder])).toMatchObject({ status: 0 })
    expect(runGit(folder, ['status', '--porcelain'])).toBe(status)
    if (existsSync(join(folder, 'node_modules'))) {
      // A link within the tree leads to the fork's own files.
      expect(readlinkSync(join(folder, 'node_modules/own'))).toBe('../pkg')
      writeFileSync(join(folder, 'node_modules/dep.js'), 'changed\n')
    }
    expect(readFileSync(join(repository.path, 'node_modules/dep.js'), 'utf8')).toBe(dependency)
    expect(await call(repository, 'drop', [folder])).toMatchObject({ status: 0 })
    expect(existsSync(join(repository.path, 'node_modules/dep.js'))).toBe(true)
  })

  test('fork brings submodules along, which git then takes as not checked out', async () => {
    using library = testRepository({ 'lib.py': 'lib\n' })
    using repository = testRepository()
    using outside = tempFolder()
    const folder = join(outside.path, 'try')
    repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library.path, 'lib')
    repository.git('commit', '-qm', 'a submodule')
    expect(await call(repository, 'fork', [folder])).toMatchObject({ status: 0 })
    expect(readFileSync(join(folder, 'lib/lib.py'), 'utf8')).toBe('lib\n')
    expect(runGit(folder, ['status', '--porcelain'])).toBe('')
    expect(await call(repository, 'drop', [folder])).toMatchObject({ status: 0 })
  })

  test.each([
    { what: 'git-lfs is not installed', driver: {}, stored: 'big\n', here: 'big\n' },
    {
      what: 'a filter is configured',
      driver: { clean: 'tr A-Z a-z', smudge: 'tr a-z A-Z' },
      stored: 'big\n',
      here: 'BIG\n',
    },
  ])('fork copies files that a filter makes what they are, and runs none: $what', async ({ driver, stored, here }) => {
    using repository = testRepository({ '.gitattributes': '*.bin filter=lfs\n', 'a.py': 'a\n', 'a.bin': stored })
    using outside = tempFolder()
    const { git, write } = repository
    const folder = join(outside.path, 'try')
    for (const [name, program] of Object.entries(driver)) git('config', `filter.lfs.${name}`, program)
    rmSync(join(repository.path, 'a.bin'))
    git('checkout', '-q', 'a.bin')
    // Of a file as young as the index git cannot know without the filter.
    utimesSync(join(repository.path, 'a.bin'), 1e9, 1e9)
    git('update-index', '--refresh')
    git('config', 'filter.lfs.smudge', 'exit 1')
    git('config', 'filter.lfs.required', 'true')
    expect(await call(repository, 'fork', [folder])).toMatchObject({ status: 0 })
    expect(readFileSync(join(folder, 'a.bin'), 'utf8')).toBe(here)
    await call({ path: folder }, 'start', ['there'])
    writeFileSync(join(folder, 'a.py'), 'fixed\n')
    expect(await call({ path: folder }, 'commit', [], reportOf(['a.py']))).toMatchObject({ status: 0 })
    expect(runGit(folder, ['show', 'HEAD:a.bin'])).toBe('big')
    expect(await call(repository, 'drop', [`--save=${outside.path}`, folder])).toMatchObject({ status: 0 })
    expect(readFileSync(join(outside.path, 'changes.diff'), 'utf8')).not.toContain('a.bin')
    write('a.bin', 'mine\n')
    expect(await call(repository, 'fork', [folder])).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('a.bin: its attribute filter=lfs changes what is stored (see --filters)'),
    })
  })

  test.each([
    { what: 'a folder that is there', folder: '.', says: 'exists already' },
    { what: 'a folder in the tree', folder: 'src/try', says: 'is inside the tree' },
    { what: 'a folder in .git', folder: '.git/try/a', says: 'is inside the tree' },
  ])('fork refuses $what', async ({ folder, says }) => {
    using repository = testRepository()
    const before = traceOf(repository)
    expect(await call(repository, 'fork', [folder])).toMatchObject({ status: 3, stderr: expect.stringContaining(says) })
    expect(traceOf(repository)).toBe(before)
  })

  test('fork refuses a repository without a commit', async () => {
    using repository = testRepository({})
    using outside = tempFolder()
    expect(await call(repository, 'fork', [join(outside.path, 'try')])).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('no commit to check out yet'),
    })
  })

  test('what a run did there is saved by drop, and taken by the run here', async () => {
    using repository = testRepository()
    using outside = tempFolder()
    const { git, path } = repository
    const [folder, kept] = [join(outside.path, 'try'), join(outside.path, 'kept')]
    await call(repository, 'start', ['here'])
    await call(repository, 'fork', [folder])
    await call({ path: folder }, 'start', ['there'])
    writeFileSync(join(folder, 'a.py'), 'fixed\n')
    await call({ path: folder }, 'commit', [], reportOf(['a.py']))
    writeFileSync(join(folder, 'src/b.py'), 'half done\n')
    expect(await call(repository, 'drop', [folder])).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('would be lost'),
    })
    const dropped = await call(repository, 'drop', ['--save', kept, folder])
    expect(dropped).toMatchObject({ status: 0 })
    expect(git('branch', '--format=%(refname:short)')).toBe('here\nmain')
    expect(readFileSync(join(kept, 'changes.diff'), 'utf8')).toMatch(/\+fixed[^]*\+half done/)
    git('gc', '-q', '--prune=now')
    const taken = await call(repository, 'take', [join(kept, 'commits.bundle')])
    expect(taken).toMatchObject({ status: 0 })
    expect(taken.linesOf('commit')).toEqual(git('rev-list', '--reverse', 'main..here').split('\n'))
    expect(taken.linesOf('commit').at(-1)).toBe(dropped.linesOf('commit')[0])
    expect(readFileSync(join(path, 'a.py'), 'utf8')).toBe('fixed\n')
    expect(git('status', '--porcelain')).toBe('')
    expect(await call(repository, 'take', [join(kept, 'commits.bundle')])).toMatchObject({ status: 1 })
    expect(await call(repository, 'finish')).toMatchObject({ status: 0 })
    expect(git('log', '--format=%s', 'main', '--', 'a.py')).toContain('lr: it was wrong')
  })

  test.each([
    { what: 'changes of yours', change: 'echo mine > a.py', says: 'changes that are not committed' },
    {
      what: 'another start',
      change: 'git commit -q --allow-empty -m other',
      says: 'does not descend from the last commit of the run',
    },
    { what: 'no run', change: 'git switch -q main', says: 'not the branch of a run' },
  ])('take refuses with $what', async ({ change, says }) => {
    using repository = testRepository()
    const { git, path } = repository
    git('switch', '-q', '-c', 'other')
    writeFileSync(join(path, 'a.py'), 'theirs\n')
    git('commit', '-qam', 'theirs')
    git('switch', '-q', 'main')
    await call(repository, 'start', ['here'])
    git('-c', `alias.change=!${change}`, 'change')
    const before = git('rev-parse', 'HEAD')
    expect(await call(repository, 'take', ['other'])).toMatchObject({
      status: 3,
      stderr: expect.stringContaining(says),
    })
    expect(git('rev-parse', 'HEAD')).toBe(before)
  })

  test('drop takes away a tree whose folder is gone, and only trees of this repository', async () => {
    using repository = testRepository()
    using outside = tempFolder({ 'mine/a': '' })
    const folder = join(outside.path, 'try')
    const before = traceOf(repository)
    await call(repository, 'fork', [folder])
    await call({ path: folder }, 'start', ['there'])
    rmSync(folder, { recursive: true })
    expect(await call(repository, 'drop', [folder])).toMatchObject({ status: 0 })
    expect(traceOf(repository)).toBe(before)
    for (const other of [join(outside.path, 'mine'), repository.path]) {
      expect(await call(repository, 'drop', [other])).toMatchObject({ status: 1 })
      expect(existsSync(other)).toBe(true)
    }
  })

  test('drop keeps a branch that is no run, and refuses the tree that it is called in', async () => {
    using repository = testRepository()
    using outside = tempFolder()
    const folder = join(outside.path, 'mine')
    repository.git('worktree', 'add', '-q', '-b', 'mine', folder)
    expect(await call({ path: folder }, 'drop', ['.'])).toMatchObject({ status: 3 })
    expect(await call(repository, 'drop', [folder])).toMatchObject({ status: 0 })
    expect(repository.git('branch', '--format=%(refname:short)')).toBe('main\nmine')
  })
})
