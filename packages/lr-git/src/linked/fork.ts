import { realpathSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { writeBlock } from '@loop-runner/block-format'
import { CommandError, defineCommand, ExitStatus, type Io, reasonOf } from '@loop-runner/cli-kit'
import { type Engine, ENGINE_OPTIONS, inRepository, isThere } from '@loop-runner/git-engine'
import { copyUntracked, linkUntracked } from './copy-untracked.ts'
import { findLinked, removeLinked } from './find-linked.ts'
import { relocateCopies } from './relocate-copies.ts'

/** So many names are shown. */
const MOST_SHOWN = 5

export const fork = defineCommand({
  usage: '[options] FOLDER',
  summary: 'Make a linked working tree like this one, to try something in.',
  options: {
    ...ENGINE_OPTIONS,
    ignored: {
      type: 'choice',
      choices: ['copy', 'link', 'none'],
      default: 'copy',
      placeholder: 'HOW',
      describe: 'what becomes of ignored files, such as node_modules, .venv and build folders',
    },
    'without-new': { type: 'flag', describe: 'leave untracked files that are not ignored behind' },
  },
  operands: { min: 1, max: 1 },
  details: `
FOLDER, outside of this tree, gets the commit that HEAD is at, on no branch, and
what git does not track: new files, submodules and ignored files. They are copied
(at no cost in space where the file system can share blocks), so that nothing that
is done there is done here. The copies of Python's virtual environments, and of
links with an absolute target, name FOLDER where the originals name this tree: pip
installs there. --ignored link makes links to the ignored ones instead: what is
written through them is written here.
Changes that are not committed stay behind. Where a filter (LFS and the like) makes
a file what it is, it is copied, too, and git takes it for unchanged there; with
--filters the filter is run. Prints FOLDER in a block "worktree".
lr-git drop takes it away again.

Exit codes: 0 done · 3 could not be done: no git program, no commit yet, FOLDER
exists … · 4 another git holds the lock

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
  // A sparse checkout may leave some of them out.
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

/** A tree within the tree would be found by what looks for files there, and find what it lacks itself further up. */
function refuseInside(folder: string, root: string): void {
  let parent = dirname(folder)
  while (!isThere(parent)) parent = dirname(parent)
  const real = join(realpathSync(parent), relative(parent, dirname(folder)), basename(folder))
  const way = relative(root, real)
  if (way === '..' || way.startsWith('../')) return
  throw new CommandError(ExitStatus.Failed, `${folder}: lies in the tree itself (name a folder outside of ${root})`)
}

function someOf(paths: readonly string[]): string {
  const more = paths.length > MOST_SHOWN ? ` and ${paths.length - MOST_SHOWN} more` : ''
  return `${paths.slice(0, MOST_SHOWN).join(', ')}${more}`
}
