import { relative } from 'node:path'

/** Whether an absolute path is a folder or is in it, by their names alone. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return way !== '..' && !way.startsWith('../')
}
