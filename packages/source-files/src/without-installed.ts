/** Folders that programs fill: packages, caches, repositories. */
const FILLED = new Set(['.git', '.hg', '.svn', '.tox', '.nox', '.venv', '__pycache__', 'node_modules'])
/** The file that makes a folder of any name a virtual environment of Python. */
const ENVIRONMENT_FILE = 'pyvenv.cfg'

/**
 * The files of a folder without those in folders that programs fill, whatever the ignore rules are. What is in such a
 * folder is a source only if that folder, or a folder in it, is named itself.
 *
 * @param files paths relative to the working directory, all in `folder`
 */
export function withoutInstalled(files: readonly string[], folder: string): string[] {
  const start = folder === '.' ? 0 : folder.length + 1
  const environments = files
    .filter((file) => file.endsWith(`/${ENVIRONMENT_FILE}`) && file.length > start + ENVIRONMENT_FILE.length)
    .map((file) => file.slice(0, -ENVIRONMENT_FILE.length))
  return files.filter((file) => {
    const folders = file.slice(start).split('/').slice(0, -1)
    return !folders.some((name) => FILLED.has(name)) && !environments.some((place) => file.startsWith(place))
  })
}
