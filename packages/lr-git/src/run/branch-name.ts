import { UsageError } from '@loop-runner/cli-kit'
import { isRefName } from '@loop-runner/git-engine'

/** Leaves room for the rest of a path on every file system. */
const LONGEST = 200

/**
 * The name of a run's branch: `lr/20260103-101500-parser`.
 *
 * @param text what the run is about; its letters and digits are kept
 */
export function makeBranchName(now: Date, text: string): string {
  const time = now.toISOString().replaceAll(/[-:]/g, '').replace('T', '-').slice(0, 15)
  const slug = text
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replaceAll(/^-+|-+$/g, '')
  return `lr/${time}${slug === '' ? '' : `-${slug}`}`
}

/**
 * Git's rules for the name of a branch, and ASCII only: a name must read as what it is.
 *
 * @throws UsageError for a name that breaks them
 */
export function checkBranchName(name: string): void {
  const isBad =
    name.length > LONGEST ||
    !isRefName(`refs/heads/${name}`) ||
    !/^[\x21-\x7e]+$/.test(name) ||
    name.startsWith('-') ||
    ['HEAD', '@'].includes(name) ||
    name.startsWith('refs/')
  if (isBad) throw new UsageError(`${JSON.stringify(name)}: no name for a branch (letters, digits, - _ . and / are)`)
}
