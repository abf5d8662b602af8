import { UsageError } from '@loop-runner/cli-kit'
import { type Engine, treePath } from '@loop-runner/git-engine'
import type { RunRecord } from './run-record.ts'

const DEFAULT = 'FIXES.md'
const NONE = 'none'

/** The file in which each commit of a run is explained. */
export const FIXES_OPTION = {
  fixes: {
    type: 'text',
    default: DEFAULT,
    placeholder: 'FILE',
    describe: `explain commits in FILE (.md or .txt); ${NONE}: write no explanations`,
  },
} as const

/**
 * The file's path from the root; undefined for `none`.
 *
 * @throws UsageError unless it is a text file: text of a model is not written to code or configuration
 * @throws CommandError (3) as treePath
 */
export function parseFixes({ repository }: Engine, option: string): string | undefined {
  if (option === NONE) return undefined
  if (!/\.(?:md|markdown|txt)$/i.test(option)) {
    throw new UsageError(`--fixes ${option}: name a file that ends in .md or .txt, or ${NONE}`)
  }
  return treePath(repository.root, repository.prefix, option.replace(/^(?:\.\/)+/, ''))
}

/**
 * The file's path from the root; undefined if explanations are turned off. A run keeps the path that it started with.
 *
 * @param option for commits outside of a run
 */
export function findFixes(engine: Engine, record: RunRecord | undefined, option = DEFAULT): string | undefined {
  if (record?.fixes === undefined) return parseFixes(engine, option)
  return record.fixes === null ? undefined : treePath(engine.repository.root, '', record.fixes)
}
