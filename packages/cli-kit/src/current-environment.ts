/** The environment of this process, for the libraries: programs get it with their Io. */
export function currentEnvironment(): {
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
  /** The Node that runs this process. */
  readonly execPath: string
  /** The script that it was started with. */
  readonly script: string | undefined
} {
  return { env: process.env, cwd: process.cwd(), execPath: process.execPath, script: process.argv[1] }
}

/** The memory of this process, in bytes. */
export function residentMemory(): number {
  return process.memoryUsage.rss()
}
