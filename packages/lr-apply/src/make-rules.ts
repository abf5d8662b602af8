import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathOfName } from '@loop-runner/block-format'
import type { Io } from '@loop-runner/cli-kit'
import type { Reply } from '@loop-runner/reply-format'
import type { ApplyOptions } from './apply-options.ts'
import type { Rules } from './plan-reply.ts'
import { makeProtection } from './protected-files.ts'
import { makeScope } from './scope.ts'
import { PLAIN_STYLE } from './text-style.ts'
import type { TreeView } from './tree-view.ts'

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
  io: Io,
): Promise<Rules> {
  const scope = makeScope(operands, io.cwd, { allowsNew: options.new, allowsAny: options['any-file'] })
  const needsList = blocks.some(({ name }) => !tree.isThere(pathOfName(name)))
  return {
    scope,
    protection: makeProtection(options.protect, options.allow),
    offer: { files: needsList ? await listOffered(operands, io) : [], allowsNearMiss: options.new },
    tolerance: { allowsShrink: () => options['allow-shrink'], allowsSecrets: options['allow-secrets'] },
    isIgnored: () => false,
    styleOfNew: () => PLAIN_STYLE,
    limits: { files: options['max-files'], bytes: options['max-size'] },
    allowsDeletion: options.delete,
  }
}

async function listOffered(operands: readonly string[], { cwd, env }: Io): Promise<string[]> {
  const { listSources } = await import('@loop-runner/source-files')
  const there = operands.filter((operand) => existsSync(join(cwd, operand)))
  return listSources(operands.length === 0 ? ['.'] : there, cwd, env)
}
