import { pathToFileURL } from 'node:url'

/** Rewrites text that names paths, byte for byte: its characters are bytes (`latin1`). */
export type PathRewriter = (text: string) => string

/** What goes on with a name: `/home/me/app` is neither in `/home/me/app-2` nor in `/mnt/home/me/app`. */
const NAME = '[\\w\\x80-\\xff@+~-]'

/**
 * Rewrites the paths of a folder, and of what is in it, to those of another folder, also as `file:` URLs.
 *
 * @param from the folder, by each of its spellings
 */
export function pathRewriter(from: readonly string[], to: string): PathRewriter {
  const pairs = from.flatMap((folder) => [
    [folder, to] as const,
    [pathToFileURL(folder).href, pathToFileURL(to).href] as const,
  ])
  const targets = new Map(pairs.map(([old, target]) => [toBytes(old), toBytes(target)]))
  const folders = [...targets.keys()].sort((one, other) => other.length - one.length).map(escapePattern)
  const pattern = new RegExp(`(?<!${NAME}|\\.)(?:${folders.join('|')})(?!\\.?${NAME})`, 'g')
  return (text) => text.replaceAll(pattern, (folder) => targets.get(folder) ?? folder)
}

function toBytes(text: string): string {
  return Buffer.from(text).toString('latin1')
}

function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
