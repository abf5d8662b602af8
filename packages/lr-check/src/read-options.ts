import { resolve } from 'node:path'
import { type Io, UsageError, type Values } from '@loop-runner/cli-kit'
import type { ChangedSince } from '@loop-runner/source-files'
import type { CHECK_OPTIONS } from './check-options.ts'
import { type Configuration, knownName, readBaseline } from '@loop-runner/checkers'
import { type ConfinementRequest, hiddenPlaces, parseSize } from '@loop-runner/sandbox'
import { readKnownOptions } from './known/read-known-options.ts'
import type { RunAllOptions } from './running/run-all.ts'

type Options = Values<typeof CHECK_OPTIONS>

/** Since when sources must have changed; undefined where all are meant. */
export function readChanged({ staged, changed }: Options): ChangedSince | undefined {
  if (staged && changed !== undefined) throw new UsageError('--staged and --changed exclude each other')
  if (staged) return { staged }
  return changed === undefined ? undefined : { revision: changed }
}

/** How checks are confined. */
/** @param place where lr-check runs, with its own environment */
export function readConfinement(
  { sandbox, memory, 'file-size': fileSize, guard }: Options,
  { env, cwd }: { readonly env: NodeJS.ProcessEnv; readonly cwd: string },
): ConfinementRequest {
  const isConfined = sandbox === 'strict' || sandbox === 'auto'
  return {
    hidden: isConfined || guard !== undefined ? hiddenPlaces(env, cwd, guard) : [],
    mode: sandbox,
    memoryBytes: parseSize(memory, 'option --memory'),
    fileBytes: parseSize(fileSize, 'option --file-size'),
  }
}

/** How runs are made, in this environment and confinement. */
export async function readRunning(
  options: Options,
  { env, confinement }: Pick<RunAllOptions, 'env' | 'confinement'>,
  io: Io,
): Promise<RunAllOptions> {
  const { jobs, timeout: timeoutMs, raw, sarif, junit, 'new-only': newOnly } = options
  const known = readKnownOptions(options, io)
  const baseline = newOnly === undefined ? undefined : readBaseline(resolve(io.cwd, newOnly), newOnly)
  const findings = options.findings || [sarif, junit, baseline, known].some((use) => use !== undefined)
  const cache = options.cache ? new (await import('./cache/result-cache.ts')).ResultCache(io.env) : undefined
  return {
    jobs,
    timeoutMs,
    raw,
    cache,
    findings,
    baseline,
    known,
    isStrict: options.strict,
    env,
    passEnv: options['pass-env'],
    confinement,
  }
}

/** The checks and checkers in comma-separated lists, each once. */
export function readNames({ checkers }: Options, configuration: Configuration): string[] {
  const names = checkers
    .flatMap((list) => list.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '')
  return [...new Set(names.map((name) => knownName(name, configuration)))]
}
