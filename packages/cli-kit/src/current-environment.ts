/** The environment of this process, for the library face of a program: programs get it with their Io. */
export function currentEnvironment(): { readonly env: NodeJS.ProcessEnv; readonly cwd: string } {
  return { env: process.env, cwd: process.cwd() }
}
