import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathOfName } from '@loop-runner/block-format'
import { type Io, workingTreeOf } from '@loop-runner/cli-kit'
import { isOurState } from '@loop-runner/file-transaction'
import { linesOf, type Reply, type ReplyBlock } from '@loop-runner/reply-format'
import { makeProtection, pathMatcher } from '@loop-runner/source-files'
import type { ApplyOptions } from '../apply-options.ts'
import type { Rules } from './plan-reply.ts'
import { styleOfNewFile } from './new-file-style.ts'
import { type Offer, resolveName } from '../guard/resolve-name.ts'
import { makeScope, type Scope } from '../guard/scope.ts'
import type { TreeView } from '../tree-view.ts'

/**
 * What decides what this reply may do. The files of the tree are listed only where a name in the reply is no file's.
 *
 * @throws UsageError for an operand outside the working directory
 */
export async function makeRules(
  { blocks }: Reply,
  operands: readonly string[],
  options: ApplyOptions,
  tree: TreeView,
  io: Pick<Io, 'cwd' | 'env'>,
): Promise<Rules> {
  const scope = makeScope(operands, io.cwd, { allowsNew: options.new, allowsAny: options['any-file'] })
  const needsList = blocks.flatMap(namesIn).some((name) => !tree.isThere(pathOfName(name)))
  const offer = {
    files: needsList ? await listOffered(operands, io) : [],
    allowsNew: (path: string) => scope.judge(path, true) === undefined,
    allowsNearMiss: options.new,
  }
  const ignored = await listIgnored(candidates(blocks, tree, offer, scope), io)
  const top = workingTreeOf(io.cwd)
  return {
    scope,
    protection: makeProtection(options.protect, options.allow),
    isAllowed: pathMatcher(options.allow),
    offer,
    tolerance: { allowsShrink: options['allow-shrink'], allowsSecrets: options['allow-secrets'] },
    isOwnState: (path) => isOurState(join(io.cwd, path), io.env),
    isIgnored: (path) => ignored.has(path),
    styleOfNew: (path) => styleOfNewFile(join(io.cwd, path), top),
    limits: { files: options['max-files'], bytes: options['max-size'] },
    allowsDeletion: options.delete,
  }
}

/** The files of which it matters whether git ignores them: those that no operand names. */
function candidates(blocks: Reply['blocks'], tree: TreeView, offer: Offer, scope: Scope): string[] {
  const paths = blocks.flatMap(namesIn).flatMap((name) => {
    const resolved = resolveName(name, tree, offer)
    return 'path' in resolved && !scope.isNamed(resolved.path) ? [resolved.path] : []
  })
  return [...new Set(paths)]
}

/** The names of the files that a block is about. */
function namesIn({ name, content, movesFrom }: ReplyBlock): string[] {
  if (name === 'deleted')
    return linesOf(content)
      .filter((line) => line.trim() !== '')
      .map((line) => line.trim())
  return movesFrom === undefined ? [name] : [movesFrom, name]
}

async function listIgnored(
  paths: readonly string[],
  { cwd, env }: Pick<Io, 'cwd' | 'env'>,
): Promise<ReadonlySet<string>> {
  if (paths.length === 0) return new Set()
  const sources = await import('@loop-runner/source-files')
  return sources.listIgnored(paths, cwd, env)
}

async function listOffered(operands: readonly string[], { cwd, env }: Pick<Io, 'cwd' | 'env'>): Promise<string[]> {
  const { listSources } = await import('@loop-runner/source-files')
  const there = operands.filter((operand) => existsSync(join(cwd, operand)))
  return listSources(operands.length === 0 ? ['.'] : there, cwd, env)
}
