import { realpathSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { writeBlock } from '@loop-runner/block-format'
import { CommandError, defineCommand, ExitStatus, type Io, reasonOf } from '@loop-runner/cli-kit'
import { type Engine, ENGINE_OPTIONS, inRepository, isThere } from '@loop-runner/git-engine'
import { copyUntracked, linkUntracked } from './copy-untracked.ts'
import { findLinked, removeLinked } from './find-linked.ts'
import { relocateCopies } from './relocate-copies.ts'

/** Names shown. */
const MOST_SHOWN = 5

export const fork = defineCommand({
  usage: '[options] FOLDER',
  summary: 'Create a linked working tree with the files of this one.',
  options: {
    ...ENGINE_OPTIONS,
    ignored: {
      type: 'choice',
      choices: ['copy', 'link', 'none'],
      default: 'copy',
      placeholder: 'HOW',
      describe: 'how FOLDER gets ignored files, such as node_modules, .venv and build folders',
    },
    'without-new': { type: 'flag', describe: 'do not copy untracked files that are not ignored' },
  },
  operands: { min: 1, max: 1 },
  details: `
Checks out the commit of HEAD, detached, in FOLDER, which must be outside of
this tree, and copies the files that git does not track: new files, submodules
and ignored files. Copies share disk blocks if the file system supports it; a
change in FOLDER never changes this tree. In copies of Python's virtual
environments and of links with an absolute target, paths into this tree are
replaced by paths into FOLDER, so that pip installs there. --ignored link links
ignored files instead of copying them: a write through such a link changes this
tree. Uncommitted changes are not copied. Files with a filter, such as LFS, are
copied as they are here and count as unchanged; with --filters the filter is
run. Prints FOLDER in a block "worktree". Remove it with lr-git drop.

Exit codes: 0 done · 3 failed: no git program, no commit yet, FOLDER exists … ·
4 another git process holds the lock

  lr-git fork ../try && (cd ../try && lr-loop src -- make test)
`,
  async run({ options, operands: [operand = ''] }, io) {
    const folder = resolve(io.cwd, operand)
    const bring: Bring = { ignored: options.ignored, fresh: !options['without-new'] }
    await inRepository(options, io, (engine) => forkTree(engine, folder, bring, io))
    await io.stdout.write(writeBlock({ name: 'worktree', content: `${folder}\n` }))
    return ExitStatus.Yes
  },
})

interface Bring {
  readonly ignored: 'copy' | 'link' | 'none'
  readonly fresh: boolean
}

async function forkTree(engine: Engine, folder: string, bring: Bring, io: Io): Promise<void> {
  const { root } = engine.repository
  const { commit } = await engine.readHead()
  if (commit === undefined) throw new CommandError(ExitStatus.Failed, `${root}: has no commit to check out yet`)
  if (isThere(folder)) throw new CommandError(ExitStatus.Failed, `${folder}: exists already`)
  refuseInside(folder, root)
  const made = fill(engine, folder, commit, bring, io)
  const forget = io.onInterrupt(async () => {
    await Promise.allSettled([made])
    takeAway(engine, folder)
  })
  try {
    await made
  } catch (error) {
    takeAway(engine, folder)
    throw error
  } finally {
    forget()
  }
}

async function fill(engine: Engine, folder: string, commit: string, bring: Bring, io: Io): Promise<void> {
  const { root } = engine.repository
  const trees = engine.linkedTrees()
  const { ignored, fresh, submodules } = await trees.listUntracked()
  // A sparse checkout may lack some of them.
  const filtered = (await trees.addDetached(folder, commit)).filter((path) => isThere(join(root, path)))
  const copied = [...(bring.ignored === 'copy' ? ignored : []), ...(bring.fresh ? fresh : []), ...submodules]
  const linked = bring.ignored === 'link' ? ignored : []
  try {
    relocateCopies(await copyUntracked([...filtered, ...copied], root, folder, io.signal), root, realpathSync(folder))
    await linkUntracked(linked, root, folder)
  } catch (error) {
    const { path = root } = error as NodeJS.ErrnoException
    throw new CommandError(ExitStatus.Failed, `${path}: ${reasonOf(error)} (see --ignored)`, { cause: error })
  }
  if (copied.length > 0) io.progress(`copied what git does not track: ${someOf(copied)}`)
  if (linked.length > 0) io.progress(`linked to what git ignores: ${someOf(linked)}`)
}

function takeAway(engine: Engine, folder: string): void {
  const linked = findLinked(engine.repository.commonDir, folder)
  if (linked) removeLinked(linked)
}

/** Tools that search the tree would find a nested tree, and the nested tree would find configuration in its parents. */
function refuseInside(folder: string, root: string): void {
  let parent = dirname(folder)
  while (!isThere(parent)) parent = dirname(parent)
  const real = join(realpathSync(parent), relative(parent, dirname(folder)), basename(folder))
  const way = relative(root, real)
  if (way === '..' || way.startsWith('../')) return
  throw new CommandError(ExitStatus.Failed, `${folder}: is inside the tree (choose a folder outside of ${root})`)
}

function someOf(paths: readonly string[]): string {
  const more = paths.length > MOST_SHOWN ? ` and ${paths.length - MOST_SHOWN} more` : ''
  return `${paths.slice(0, MOST_SHOWN).join(', ')}${more}`
}
