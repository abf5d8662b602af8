import { existsSync, lstatSync, readFileSync, readlinkSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { Copied } from './copy-untracked.ts'
import { pathRewriter } from './path-rewriter.ts'
import { relocateEnvironment } from './relocate-environment.ts'

/**
 * Makes copies name the tree that they lie in, where they named the one that they are from: links with an absolute target,
 * and Python's virtual environments.
 */
export function relocateCopies({ environments, links }: Copied, from: string, to: string): void {
  const spellings = [...new Set([from, ...environments.flatMap((path) => spellingsIn(from, path))])]
  for (const path of links) relocateLink(join(to, path), spellings, to)
  const rewrite = pathRewriter(spellings, to)
  for (const path of environments) relocateEnvironment(join(to, path), rewrite)
}

/** Other names of a tree, through links above it, that an environment in it was made under. */
function spellingsIn(root: string, path: string): readonly string[] {
  const script = join(root, path, 'bin/activate')
  if (!existsSync(script)) return []
  const named = [...readFileSync(script, 'utf8').matchAll(/VIRTUAL_ENV[ =]['"]?(\/[^'"\n]+)/g)]
  return named
    .flatMap(([, folder = '']) => (folder.endsWith(`/${path}`) ? [folder.slice(0, -path.length - 1)] : []))
    .filter((folder) => existsSync(folder) && realpathSync(folder) === root)
}

function relocateLink(link: string, spellings: readonly string[], to: string): void {
  if (!lstatSync(link).isSymbolicLink()) return
  const target = readlinkSync(link)
  const from = spellings.find((folder) => target === folder || target.startsWith(`${folder}/`))
  if (from === undefined || target.startsWith(`${from}/.git/`)) return
  rmSync(link)
  symlinkSync(to + target.slice(from.length), link)
}
