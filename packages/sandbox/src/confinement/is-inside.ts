import { isAbsolute, relative } from 'node:path'

/** Whether an absolute path is a folder or lies in it. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return isAbsolute(path) && way !== '..' && !way.startsWith('../')
}
