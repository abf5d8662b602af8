import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What differs between two calls that do the same: numbers of processes and files, times, names by chance. */
const BY_CHANCE: readonly [file: RegExp, content: RegExp][] = [
  [/\/logs\//, / \d{10} /g],
  [/\.lock$/, /"(?:pid|since|started)":(?:"[^"]*"|\d+)/g],
  [/\/lr\/journal/, /"madeFrom":"[^"]*"/g],
]

/**
 * A digest of all that a folder holds: names, modes, contents, without what is so by chance.
 *
 * @param nameOnly files of which only the name and the mode count
 */
export function digestFolder(folder: string, nameOnly = /$^/): string {
  const hash = createHash('sha256')
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const entries = names.map((name) => [name.replace(/tmp_obj_\w+|(?<=lock-|stale-)\d+/, ''), name] as const)
  for (const [shown, name] of entries.sort(([a], [b]) => (a < b ? -1 : 1))) {
    const path = join(folder, name)
    const stat = lstatSync(path)
    hash.update(`${shown} ${stat.mode}\0`)
    if (!stat.isFile() || nameOnly.test(name)) continue
    const chance = BY_CHANCE.filter(([file]) => file.test(`/${name}`))
    const bytes = readFileSync(path)
    hash.update(chance.reduce((text, [, content]) => text.replaceAll(content, ''), bytes.toString('latin1')))
  }
  return hash.digest('hex')
}
