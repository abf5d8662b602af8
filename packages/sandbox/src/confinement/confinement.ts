import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { CommandError, ExitStatus, type Io, runProcess, findOnPath } from '@loop-runner/cli-kit'
import { bubblewrapArguments } from './bubblewrap.ts'
import { isInside } from './is-inside.ts'
import { hideOnly, needsRights } from './hidden-places.ts'
import { limitArguments } from './limits.ts'
import type { SandboxPlace } from './sandbox-place.ts'
import type { Sandbox } from './sandboxes.ts'

/** How a command is really started. */
export interface Confinement {
  /** Whether nothing that it starts can outlive it. */
  readonly holdsAll: boolean
  /** Whether the copy of the place is seen in the place of the working directory. */
  readonly showsCopy: boolean
  /**
   * @param folder where it runs, relative to the working directory
   * @param writable a folder outside the tree that it may write to
   */
  readonly confine: (
    argv: readonly string[],
    folder: string,
    timeoutMs: number,
    writable?: string,
  ) => { file: string; args: readonly string[] }
}

export interface ConfinementRequest {
  readonly mode: Sandbox
  readonly memoryBytes: number | undefined
  readonly fileBytes: number | undefined
  /** Places that a check must not reach, absolute: see hiddenPlaces. */
  readonly hidden: readonly string[]
}

/**
 * Confines checks as asked. There is no silent way down: `strict` without a sandbox that works is an error, `auto`
 * says so in a line.
 *
 * @throws CommandError (3) under `strict`
 */
export async function prepareConfinement(
  request: ConfinementRequest,
  place: SandboxPlace,
  io: Io,
): Promise<Confinement> {
  if (request.mode === 'none')
    return { holdsAll: false, showsCopy: false, confine: ([file = '', ...args]) => ({ file, args }) }
  const limited = (argv: readonly string[], _folder: string, timeoutMs: number) => ({
    file: '/bin/sh',
    args: limitArguments(argv, { ...request, cpuSeconds: (timeoutMs / 1000) * availableParallelism() }),
  })
  if (request.mode === 'limits') return hiding(limited, request.hidden, place, io)
  const program = findOutside('bwrap', place)
  const problem =
    program === undefined
      ? 'bubblewrap is not installed'
      : await probe(program, { ...place, hidden: request.hidden }, io)
  if (program !== undefined && problem === undefined) {
    const sandboxed: Confinement['confine'] = (argv, folder, timeoutMs, writable) => {
      const { file, args } = limited(argv, folder, timeoutMs)
      return {
        file: program,
        args: [...bubblewrapArguments(place, folder, { hidden: request.hidden, writable }), file, ...args],
      }
    }
    return { holdsAll: true, showsCopy: place.copy !== undefined, confine: sandboxed }
  }
  if (request.mode === 'strict') {
    throw new CommandError(
      ExitStatus.Failed,
      `--sandbox strict: ${problem} (install bubblewrap, or choose --sandbox limits)`,
    )
  }
  io.warn(`no sandbox, only limits: ${problem}`)
  return hiding(limited, request.hidden, place, io)
}

/** The same with places put out of reach, if bubblewrap can do that here; else the record of the guard is only compared. */
async function hiding(
  inner: Confinement['confine'],
  hidden: readonly string[],
  place: SandboxPlace,
  io: Io,
): Promise<Confinement> {
  const program = hidden.length === 0 ? undefined : findOutside('bwrap', place)
  if (program === undefined || !(await canHide(program, hidden, place, io)))
    return { holdsAll: false, showsCopy: false, confine: inner }
  const confine: Confinement['confine'] = (argv, folder, timeoutMs, writable) => {
    const { file, args } = inner(argv, folder, timeoutMs, writable)
    if (needsRights(argv)) return { file, args }
    return { file: program, args: [...hideOnly(hidden, place), resolve(place.cwd, folder), '--', file, ...args] }
  }
  return { holdsAll: false, showsCopy: place.copy !== undefined, confine }
}

/** The tree can be written and the places cannot be seen: tried, not believed. */
const HIDES = `
  : > "$1" && rm "$1" || exit 1
  shift
  for place; do
    [ -d "$place" ] || [ -c "$place" ] || [ ! -e "$place" ] || exit 2
    for entry in "$place"/* "$place"/.[!.]* "$place"/..?*; do
      if [ -e "$entry" ] || [ -h "$entry" ]; then exit 2; fi
    done
  done
`

async function canHide(program: string, hidden: readonly string[], place: SandboxPlace, io: Io): Promise<boolean> {
  const mark = resolve(place.cwd, `.lr-probe-${Date.now().toString(36)}`)
  const args = [...hideOnly(hidden, place), place.cwd, '--', '/bin/sh', '-c', HIDES, 'sh', mark, ...hidden]
  const request = { file: program, args, cwd: place.cwd, env: place.env, timeoutMs: PROBE_TIMEOUT_MS }
  const { status } = await runProcess({ ...request, stdout: () => {}, stderr: () => {} }, io)
  if (status !== 0) io.detail('the run folder is not hidden from the check: bubblewrap does not work here')
  return status === 0
}

/** A program on PATH, but never one that the tree itself could have put there. */
function findOutside(name: string, { cwd, env }: SandboxPlace): string | undefined {
  const path = findOnPath(name, env)
  return path === undefined || isInside(path, cwd) ? undefined : path
}

/** What the sandbox must keep a command from: it is tried, not believed. Ends with 0 when all of it is kept. */
const ESCAPES = `
  ( : > /lr-probe ) 2>/dev/null && exit 11
  [ "$(grep -c : /proc/net/dev)" -le 1 ] || exit 12
  [ "$(ls -d /proc/[0-9]* | wc -l)" -le 8 ] || exit 13
  : > "$1" && rm "$1" || exit 14
`
const PROBLEMS: Readonly<Record<number, string>> = {
  11: 'it can write outside the tree',
  12: 'it can reach the network',
  13: 'it can see other processes',
  14: 'it cannot write in the tree',
}
const PROBE_TIMEOUT_MS = 5000

/** Why bubblewrap does not hold here; undefined where it does. */
async function probe(
  program: string,
  place: SandboxPlace & Pick<ConfinementRequest, 'hidden'>,
  io: Io,
): Promise<string | undefined> {
  let said = ''
  const mark = resolve(place.cwd, `.lr-probe-${Date.now().toString(36)}`)
  const { status } = await runProcess(
    {
      file: program,
      args: [...bubblewrapArguments(place, '.', { hidden: place.hidden }), '/bin/sh', '-c', ESCAPES, 'sh', mark],
      cwd: place.cwd,
      env: place.env,
      stdout: () => {},
      stderr: (chunk) => void (said += chunk.toString('utf8')),
      timeoutMs: PROBE_TIMEOUT_MS,
    },
    io,
  )
  if (status === 0) return undefined
  return (
    PROBLEMS[status] ?? `bubblewrap does not work here: ${said.trim().split('\n', 1)[0] || `it ends with ${status}`}`
  )
}
