import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Call, findOnPath, type Io, UsageError } from '@loop-runner/cli-kit'
import type { LOOP_OPTIONS } from './options.ts'

/**
 * A program among the operands is the beginning of a check command, unless one follows `--`. One from lr.yaml does not count.
 *
 * @throws UsageError that names the place of the forgotten `--`
 */
export function requireSeparator({ options, typed }: Call<typeof LOOP_OPTIONS>, { cwd, env }: Io): void {
  if (!typed.has('sources') || typed.has('check-command')) return
  const { sources } = options
  const isProgram = (word: string) => !word.includes('/') && findOnPath(word, env) !== undefined
  const at = sources.findIndex((word, index) => index > 0 && !existsSync(resolve(cwd, word)) && isProgram(word))
  if (at < 0) return
  const [before, after] = [sources.slice(0, at).join(' '), sources.slice(at).join(' ')]
  throw new UsageError(`${sources[at]}: no such file (a check command goes after --: lr-loop ${before} -- ${after})`)
}
