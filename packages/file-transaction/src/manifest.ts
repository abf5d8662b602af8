/** A version of a file, named by the SHA-256 of its bytes. */
export interface Version {
  readonly hash: string
  readonly mode?: number
}

/** What happens to one file. */
export interface Entry {
  readonly path: string
  /** The name, in the file's folder, under which the new version is written first. */
  readonly temp: string
  /** Undefined for a new file. */
  readonly old?: Version
  /** Undefined where the file goes. Without a mode it gets what the umask leaves. */
  readonly next?: Version
}

/** What a transaction does, as it stands in the journal. */
export interface Manifest {
  readonly version: 1
  readonly id: string
  /** The folder that the paths are relative to; absolute. */
  readonly root: string
  /** When the reply was applied, as ISO 8601. */
  readonly at: string
  /** The transaction that this one takes back. */
  readonly undoes?: string
  /** The name of the run of lr-loop that applied it. */
  readonly run?: string
  /** Folders that it makes, outermost first. */
  readonly folders: readonly string[]
  readonly entries: readonly Entry[]
}

export function writeManifest(manifest: Manifest): Buffer {
  return Buffer.from(`${JSON.stringify(manifest, undefined, 1)}\n`)
}

/** Reads what writeManifest wrote. It is put in place whole or not at all, so anything else is not ours: undefined. */
export function readManifest(bytes: Buffer | undefined): Manifest | undefined {
  try {
    const value = JSON.parse(String(bytes)) as Partial<Manifest>
    const isOurs = value.version === 1 && typeof value.root === 'string' && Array.isArray(value.entries)
    return isOurs ? (value as Manifest) : undefined
  } catch {
    return undefined
  }
}
