import { fstatSync, lstatSync } from 'node:fs'
import { join } from 'node:path'

/** Standard output and error, and the possible descriptors of --json-events. */
const DESCRIPTORS = [1, 2, 3, 4, 5, 6, 7, 8, 9]

/**
 * Those of the paths that the loop itself writes to, as nohup.out in the tree: what changes in them is not the agent's work.
 */
export function ownOutputs(root: string, paths: readonly string[]): Set<string> {
  const outputs = new Set(DESCRIPTORS.flatMap(outputOf))
  if (outputs.size === 0) return new Set()
  return new Set(paths.filter((path) => outputs.has(identityOf(join(root, path)) ?? '')))
}

function outputOf(descriptor: number): string[] {
  try {
    const stats = fstatSync(descriptor)
    return stats.isFile() ? [`${stats.dev} ${stats.ino}`] : []
  } catch {
    return []
  }
}

function identityOf(file: string): string | undefined {
  try {
    const { dev, ino } = lstatSync(file)
    return `${dev} ${ino}`
  } catch {
    return undefined
  }
}
