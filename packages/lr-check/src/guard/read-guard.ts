import { type Call, UsageError } from '@loop-runner/cli-kit'
import type { CHECK_OPTIONS } from '../check-options.ts'
import type { PlanRequest } from '@loop-runner/checkers'
import type { GuardRequest } from './guard-request.ts'
import { isNamedBy, type NamedSources, pathIn } from '@loop-runner/tamper'

/**
 * What a call wants guarded; undefined where it does not.
 *
 * @param files the sources that it checks, relative to `cwd`
 * @throws UsageError for a record that would lie within the sources
 */
export function readGuard(
  { operands, options }: Call<typeof CHECK_OPTIONS>,
  { names, command }: PlanRequest,
  files: readonly string[],
  cwd: string,
): Omit<GuardRequest, 'canary'> | undefined {
  if (options.guard === undefined) {
    if (options['renew-guard']) throw new UsageError('--renew-guard: needs --guard FILE')
    return undefined
  }
  const named = operands.filter((operand) => operand !== '-')
  const sources = { operands: named, files, some: options.staged || options.changed !== undefined, cwd }
  refuseWithin(sources, options.guard)
  const checkers = names.length === 0 ? [] : ['--checkers', names.join(',')]
  return {
    file: options.guard,
    renews: options['renew-guard'],
    call: [...checkers, ...named, ...(command ? ['--', ...command] : [])],
    sources,
    protect: options.protect,
    allow: options.allow,
    allowsNamed: options['allow-named'],
    allowsSuppressions: options['allow-suppressions'],
    putsBack: options['put-back'],
  }
}

/** A record that a reply could rewrite would record whatever it likes. */
function refuseWithin(sources: NamedSources, file: string): void {
  const path = pathIn(file, sources.cwd)
  if (path.startsWith('..') || path.split('/').includes('.git') || !isNamedBy(sources, path)) return
  throw new UsageError(`${file}: is inside the sources (keep the record of the guard elsewhere, such as in .git)`)
}
