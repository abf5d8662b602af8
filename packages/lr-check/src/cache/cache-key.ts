import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { type Io, VERSION } from '@loop-runner/cli-kit'
import type { Plan } from '@loop-runner/checkers'
import type { StartOptions } from '../running/start-plan.ts'
import { findInputs } from './find-inputs.ts'
import { hashOfFile } from './hash-of-file.ts'
import type { ProgramIdentity } from './read-program.ts'

/** Variables of the shell and of a loop around us, on which no result depends. */
const WITHOUT_EFFECT = /^(?:LR_.*|_|PWD|OLDPWD|SHLVL|TMPDIR|SSH_.*|XDG_SESSION_.*|DBUS_.*|WINDOWID|TERM_.*)$/

/**
 * What a result is kept under: a hash of all that it depends on. Our version, the checker's definition, command line, place
 * and confinement, its environment, which program it is, and the bytes of the sources and of its configuration.
 */
export async function cacheKey(
  { argv, folder, checker, builtIn, cache }: Plan & { readonly cache: NonNullable<Plan['cache']> },
  program: ProgramIdentity | undefined,
  { env, confinement }: StartOptions,
  { cwd }: Io,
): Promise<string> {
  const inputs = await findInputs(cache.inputs, cache.files, { cwd, env })
  const environment = Object.entries(env).filter(([name]) => !WITHOUT_EFFECT.test(name))
  const parts = {
    version: VERSION,
    run: { argv, folder, checker, builtIn, cwd, holdsAll: confinement.holdsAll },
    environment: environment.sort(([left], [right]) => (left < right ? -1 : 1)),
    program,
    files: [...cache.files, ...inputs].map((path) => [path, hashOfFile(resolve(cwd, path))]),
  }
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
