import { UsageError } from '@loop-runner/cli-kit'

/** What each process of a check may use; undefined is without a limit. */
export interface Limits {
  /** Of data, not of address space, which programs reserve without using it. */
  readonly memoryBytes: number | undefined
  /** Of any one file that it writes. */
  readonly fileBytes: number | undefined
  readonly cpuSeconds: number
}

/** Limits that cannot be set, because stricter ones are in force, stay as they are. */
const SET_LIMITS =
  'for limit; do shift; [ "$limit" = -- ] && break; ulimit ${limit%=*} "${limit#*=}" 2>/dev/null; done; exec "$@"'

/** The arguments of `/bin/sh` that run a command under limits; the shell is replaced by the command. */
export function limitArguments(command: readonly string[], { memoryBytes, fileBytes, cpuSeconds }: Limits): string[] {
  const limits = ['-c=0', `-t=${Math.ceil(cpuSeconds)}`]
  // ulimit counts memory in units of 1,024 bytes and files, in sh, in units of 512.
  if (memoryBytes !== undefined) limits.push(`-d=${Math.ceil(memoryBytes / 1024)}`)
  if (fileBytes !== undefined) limits.push(`-f=${Math.ceil(fileBytes / 512)}`)
  return ['-c', SET_LIMITS, 'sh', ...limits, '--', ...command]
}

const UNITS: Readonly<Record<string, number>> = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 }

/**
 * A size in bytes: a number, with K, M, G or T (powers of 1,024); `none` is undefined.
 *
 * @throws UsageError naming `what` where it is no size
 */
export function parseSize(text: string, what: string): number | undefined {
  if (text === 'none') return undefined
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)([KMGT]?)(?:i?B)?$/i.exec(text.trim()) ?? []
  if (number === '') throw new UsageError(`${what}: "${text}" is not a size (for example 512M, 4G, none)`)
  return Number(number) * (UNITS[unit.toUpperCase()] ?? 1)
}
