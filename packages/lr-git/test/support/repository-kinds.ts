import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runGit, type TestRepository, testRepository } from './test-repository.ts'

/** What an engine is to do with a kind of repository: the same as git, or to refuse it with words like these. */
type Expected = 'same' | RegExp

/** A kind of repository that git knows, and what both engines make of it. */
export interface Kind {
  readonly name: string
  readonly git: Expected
  readonly native: Expected
  /** Makes one out of a plain repository with f.txt; the folder to work in where it is not the repository's own. */
  readonly make: (repository: TestRepository) => string | void
  /** What f.txt is before and after the reply, where that matters. */
  readonly before?: string | Buffer
  readonly after?: string | Buffer
  /** Whether what is refused is a file's content, not the repository. */
  readonly isOfContent?: true
}

const NOT_NATIVE = /which the native engine does not/

function both(name: string, make: Kind['make'], more: Partial<Kind> = {}): Kind {
  return { name, git: 'same', native: 'same', make, ...more }
}

function gitOnly(name: string, make: Kind['make'], more: Partial<Kind> = {}): Kind {
  return { name, git: 'same', native: NOT_NATIVE, make, ...more }
}

function neither(name: string, reason: RegExp, make: Kind['make'], more: Partial<Kind> = {}): Kind {
  return { name, git: reason, native: reason, make, ...more }
}

function attributes(line: string): Kind['make'] {
  return ({ write, git }) => {
    write('.gitattributes', `${line}\n`)
    git('add', '--renormalize', '.')
    git('add', '.gitattributes')
    git('commit', '-q', '-m', 'attributes')
  }
}

/** Another repository inside the folder, with one commit. */
function innerRepository({ path }: TestRepository, name: string): void {
  mkdirSync(join(path, name))
  writeFileSync(join(path, name, 'x'), 'x\n')
  runGit(join(path, name), ['init', '-q', '-b', 'main'])
  runGit(join(path, name), ['add', '-A'])
  runGit(join(path, name), ['commit', '-q', '-m', 'x'])
}

function remake(git: TestRepository['git'], path: string, options: readonly string[]): void {
  rmSync(join(path, '.git'), { recursive: true })
  git('init', '-q', '-b', 'main', ...options)
  git('add', '-A')
  git('commit', '-q', '-m', 'first')
}

function clone(git: TestRepository['git'], path: string, options: readonly string[]): string {
  const folder = join(path, '.git', 'clone')
  const from = options.includes('--shared') ? path : `file://${path}`
  git(...ALWAYS_FILE, 'clone', '-q', ...options, from, folder)
  return folder
}

/** With a folder that is left out. */
function sparse({ git, path }: TestRepository, options: readonly string[]): void {
  for (const folder of ['in', 'out/deep']) {
    mkdirSync(join(path, folder), { recursive: true })
    writeFileSync(join(path, folder, 'x'), 'x\n')
  }
  git('add', '-A')
  git('commit', '-q', '-m', 'folders')
  git('sparse-checkout', 'init', ...options)
  git('sparse-checkout', 'set', 'in')
}

const ALWAYS_FILE = ['-c', 'protocol.file.allow=always']

export const KINDS: readonly Kind[] = [
  both('plain', () => {}),
  both('packed: refs, objects, commit graph, multi-pack index', ({ git }) => {
    git('pack-refs', '--all')
    git('repack', '-adq')
    git('commit-graph', 'write', '--reachable')
    git('multi-pack-index', 'write')
  }),
  gitOnly('a linked working tree', ({ git, path }) => {
    git('worktree', 'add', '-q', '-b', 'beside', `${path}/.git/beside`)
    return `${path}/.git/beside`
  }),
  both('a git folder elsewhere', ({ git, path }) => {
    git('init', '-q', '--separate-git-dir', join(path, '..', `${path.split('/').at(-1)}-git`))
  }),
  both('a submodule', ({ git, path }) => {
    const inner = testRepository({ 'f.txt': 'old\n' })
    git(...ALWAYS_FILE, 'submodule', 'add', '-q', inner.path, 'sub')
    git('commit', '-q', '-m', 'sub')
    inner[Symbol.dispose]()
    return join(path, 'sub')
  }),
  both('a repository with a submodule', (repository) => {
    const inner = testRepository({ x: 'x\n' })
    repository.git(...ALWAYS_FILE, 'submodule', 'add', '-q', inner.path, 'sub')
    repository.git('commit', '-q', '-m', 'sub')
    inner[Symbol.dispose]()
  }),
  both('a repository beside another one inside', (repository) => innerRepository(repository, 'inner')),
  gitOnly('SHA-256', ({ git, path }) => remake(git, path, ['--object-format=sha256'])),
  gitOnly('index version 4', ({ git }) => void git('update-index', '--index-version', '4')),
  both('index version 3', ({ git }) => void git('update-index', '--skip-worktree', 'dir/other')),
  gitOnly('a split index', ({ git }) => void git('update-index', '--split-index')),
  gitOnly('a sparse index', (repository) => sparse(repository, ['--cone', '--sparse-index'])),
  both('a sparse checkout with a whole index', (repository) => sparse(repository, ['--cone', '--no-sparse-index'])),
  both('an untracked cache', ({ git }) => void git('update-index', '--force-untracked-cache')),
  both('a shallow clone', ({ git, path }) => clone(git, path, ['--depth=1'])),
  gitOnly('a partial clone', ({ git, path }) => {
    git('config', 'uploadpack.allowFilter', 'true')
    return clone(git, path, ['--filter=blob:none'])
  }),
  gitOnly("another repository's objects", ({ git, path }) => clone(git, path, ['--shared'])),
  gitOnly('core.autocrlf=true', ({ git }) => void git('config', 'core.autocrlf', 'true'), {
    after: 'one\r\ntwo\r\n',
    before: 'one\r\n',
    isOfContent: true,
  }),
  gitOnly(
    'core.autocrlf=true and a file that was committed without',
    ({ git, write }) => {
      write('f.txt', 'one\n')
      git('commit', '-qam', 'without')
      git('config', 'core.autocrlf', 'true')
      git('rm', '-q', '--cached', 'f.txt')
      git('reset', '-q', '--hard')
    },
    { after: 'one\r\ntwo\r\n', isOfContent: true },
  ),
  both('core.autocrlf=input, without a carriage return', ({ git }) => void git('config', 'core.autocrlf', 'input')),
  gitOnly('core.autocrlf=true and a binary file', ({ git }) => void git('config', 'core.autocrlf', 'true'), {
    after: 'a\0b\r\nc\r\n',
    before: 'a\0\r\n',
    isOfContent: true,
  }),
  gitOnly('text eol=crlf', attributes('*.txt text eol=crlf'), {
    before: 'one\r\n',
    after: 'one\r\ntwo\r\n',
    isOfContent: true,
  }),
  both('text=auto, without a carriage return', attributes('* text=auto')),
  gitOnly('text=auto, with carriage returns', attributes('* text=auto'), {
    before: 'one\n',
    after: 'one\r\ntwo\r\n',
    isOfContent: true,
  }),
  gitOnly('ident', attributes('*.txt ident'), { before: '$Id$\n', after: '$Id$\nmore\n', isOfContent: true }),
  neither('a filter', /its attribute filter=lfs/, attributes('*.txt filter=lfs diff=lfs -text'), { isOfContent: true }),
  neither(
    'another encoding',
    /its attribute working-tree-encoding=UTF-16/,
    attributes('*.txt working-tree-encoding=UTF-16'),
    { isOfContent: true, before: Buffer.from('\ufeffold\n', 'utf16le'), after: Buffer.from('\ufeffnew\n', 'utf16le') },
  ),
  both('core.fileMode=false', ({ git, path }) => {
    git('config', 'core.fileMode', 'false')
    chmodSync(join(path, 'f.txt'), 0o755)
  }),
  both('an executable file', ({ git, path }) => {
    chmodSync(join(path, 'f.txt'), 0o755)
    git('commit', '-qam', 'mode')
  }),
  both('core.ignoreCase=true', ({ git }) => void git('config', 'core.ignoreCase', 'true')),
  both('links in the tree', ({ git, path }) => {
    symlinkSync('f.txt', join(path, 'link'))
    symlinkSync('nowhere', join(path, 'dangling'))
    git('add', '-A')
    git('commit', '-q', '-m', 'links')
  }),
  both('a detached HEAD', ({ git }) => void git('checkout', '-q', '--detach')),
  both('a replaced commit', ({ git }) => {
    const tree = git('mktree', '--missing')
    git('replace', git('rev-parse', 'HEAD'), git('commit-tree', '-m', 'other', tree))
    git('config', 'core.useReplaceRefs', 'false')
  }),
  both('branches of one name and its folder', ({ git }) => {
    git('branch', 'a')
    git('pack-refs', '--all')
  }),
  neither('an unknown extension', /extensions.nonsense|unknown repository extension/, ({ git }) => {
    git('config', 'core.repositoryFormatVersion', '1')
    git('config', 'extensions.nonsense', 'true')
  }),
  neither(
    'a format of the future',
    /version|repository/,
    ({ git }) => void git('config', 'core.repositoryFormatVersion', '9'),
  ),
  neither('another working tree', /core.worktree/, ({ git }) => void git('config', 'core.worktree', '/tmp')),
  neither('a merge in progress', /a merge is in progress/, ({ git, path }) =>
    writeFileSync(join(path, '.git/MERGE_HEAD'), git('rev-parse', 'HEAD')),
  ),
  neither('a rebase in progress', /a rebase is in progress/, ({ path }) => mkdirSync(join(path, '.git/rebase-merge'))),
  neither('a picked commit in progress', /a cherry-pick is in progress/, ({ git, path }) =>
    writeFileSync(join(path, '.git/CHERRY_PICK_HEAD'), git('rev-parse', 'HEAD')),
  ),
]
