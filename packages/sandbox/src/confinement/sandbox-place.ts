/** What a sandbox is made of. */
export interface SandboxPlace {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  /** What is seen in the place of the working directory, if a sandbox can do that. */
  readonly copy?: TreeCopy
}

/** A copy of the working directory. */
export interface TreeCopy {
  readonly folder: string
  /** Folders of the working directory that are seen in the copy as they are, relative to it: in the copy they are empty. */
  readonly installed: readonly string[]
}
