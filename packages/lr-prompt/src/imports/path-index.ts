import { dirname, join } from 'node:path/posix'

/** The paths of the sources, indexed for the names in imports. */
export class PathIndex {
  readonly #known: ReadonlySet<string>

  constructor(paths: readonly string[]) {
    this.#known = new Set(paths)
  }

  get paths(): readonly string[] {
    return [...this.#known]
  }

  /** The first of the paths that is known; they are normalised. */
  first(...paths: readonly string[]): string[] {
    const found = paths.map((path) => join(path)).find((path) => this.#known.has(path))
    return found === undefined ? [] : [found]
  }

  /** The known path that ends in one of the suffixes, in their order; of several the shortest. */
  ending(...suffixes: readonly string[]): string[] {
    for (const suffix of suffixes) {
      if (suffix === '' || suffix.startsWith('..')) continue
      const [found] = this.paths
        .filter((path) => path === suffix || path.endsWith(`/${suffix}`))
        .sort((one, other) => one.length - other.length)
      if (found !== undefined) return [found]
    }
    return []
  }

  /** The known files of a folder, or of folders whose path ends so. */
  inFolder(folder: string, extension: string): string[] {
    return this.paths.filter((path) => {
      const parent = dirname(path)
      return path.endsWith(extension) && (parent === folder || (folder !== '.' && parent.endsWith(`/${folder}`)))
    })
  }
}
