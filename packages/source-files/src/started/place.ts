import type { FileView } from './file-view.ts'

/** Where a command of a text stands. Paths are relative to the working directory. */
export interface Place {
  readonly folder: string
  readonly depth: number
  /** Folders that PATH was set to. */
  readonly path: readonly string[]
  /** Folders where Python looks for modules. */
  readonly modules: readonly string[]
  /** Whether the exit code counts. */
  readonly counts: boolean
  /** The script that it stands in: what a script starts is what it checks. */
  readonly script?: string
}

/** The place of a command for which PATH and PYTHONPATH are set to more folders: `PATH=FOLDER:$PATH`. */
export function withPath(assignments: readonly string[], place: Place, files: FileView): Place {
  const foldersOf = (name: string) => {
    const value = assignments.findLast((word) => word.startsWith(`${name}=`))?.slice(name.length + 1)
    return value?.split(':').flatMap((word) => files.inside(place.folder, word || '.') ?? []) ?? []
  }
  return {
    ...place,
    path: [...foldersOf('PATH'), ...place.path],
    modules: [...foldersOf('PYTHONPATH'), ...place.modules],
  }
}
