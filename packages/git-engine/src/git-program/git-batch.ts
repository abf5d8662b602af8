import type { GitObject, NamedObject } from '../repository/git-object.ts'

/** Reads what `git cat-file --batch` prints: an object for each name that was asked for, undefined if it does not exist. */
export function parseObjects(output: Buffer): (NamedObject | undefined)[] {
  const objects: (NamedObject | undefined)[] = []
  for (let at = 0; at < output.length;) {
    const newline = output.indexOf(0x0a, at)
    const line = output.toString('utf8', at, newline)
    at = newline + 1
    const header = /^([0-9a-f]{40,64}) (\w+) (\d+)$/.exec(line)
    if (!header) {
      objects.push(undefined)
      continue
    }
    const [, hash = '', type = '', length = ''] = header
    objects.push({ hash, type: type as GitObject['type'], bytes: output.subarray(at, at + Number(length)) })
    at += Number(length) + 1
  }
  return objects
}
