import { rmSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Removes what an agent made whose name is not UTF-8, and tells what it removed: nothing of that kind can be copied or sent to a model.
 *
 * @param before paths as latin1, byte by byte
 */
export function removeOddNames(root: string, before: readonly string[], now: readonly string[]): string[] {
  const made = now.filter((path) => !before.includes(path))
  const gone = before.filter((path) => !now.includes(path))
  return [
    ...made.map((path) => `${shownOf(path)}: its name is not UTF-8; ${remove(root, path)}`),
    ...gone.map((path) => `${shownOf(path)}: gone, and there is no copy of it, since its name is not UTF-8`),
  ]
}

function remove(root: string, path: string): string {
  try {
    rmSync(Buffer.from(Buffer.from(join(root, '/')).toString('latin1') + path, 'latin1'), {
      recursive: true,
      force: true,
    })
    return 'it was removed'
  } catch {
    return 'it could not be removed'
  }
}

function shownOf(path: string): string {
  return Buffer.from(path, 'latin1').toString('utf8')
}
