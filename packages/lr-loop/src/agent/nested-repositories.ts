import { lstatSync, mkdirSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { reasonOf } from '@loop-runner/cli-kit'

/**
 * Moves the git folders of repositories that an agent made out of the tree, so that what is beside them is listed as other files
 * are. The folder of a linked working tree or of a submodule is elsewhere, and it is left so.
 *
 * @param folders relative to the root
 * @param kept the folder to which they are moved
 * @returns a line for each
 */
export function moveRepositoriesAside(folders: readonly string[], root: string, kept: string): string[] {
  return folders.map((folder) => {
    const source = join(root, folder, '.git')
    const made = `${folder}: the repository in this folder was made`
    if (lstatSync(source).isFile()) return `${made}; it was left so`
    const target = join(kept, folder, '.git')
    try {
      mkdirSync(dirname(target), { recursive: true, mode: 0o700 })
      renameSync(source, target)
      return `${made}; its .git was moved to ${target}`
    } catch (error) {
      return `${made}; it was left so (${reasonOf(error)})`
    }
  })
}
