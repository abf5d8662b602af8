import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { errorCode } from '../command-error.ts'

/** Which process this is, for a lock file: enough to tell later whether it is still there. */
export interface ProcessMark {
  readonly host: string
  /** Empty where the system does not tell. */
  readonly boot: string
  readonly pid: number
  /** When it started, in the system's own count; empty where the system does not tell. A pid alone may be used again. */
  readonly started: string
}

/** The mark of this process, or of another one. */
export function processMark(pid = process.pid): ProcessMark {
  return { host: hostname(), boot: readBoot(), pid, started: readStat(pid)[1] }
}

/** Whether the process of a mark may still run. Of another host nothing can be known: it may. */
export function mayRun(mark: ProcessMark): boolean {
  if (mark.host !== hostname()) return true
  if (mark.boot !== readBoot()) return false
  const [state, started] = readStat(mark.pid)
  // A zombie has ended; its status has not been fetched yet.
  return isRunning(mark.pid) && state !== 'Z' && (mark.started === '' || mark.started === started)
}

/** Asks a process to end (SIGTERM), if it still runs. */
export function interruptProcess(mark: ProcessMark): void {
  if (mark.host !== hostname() || !mayRun(mark)) return
  try {
    process.kill(mark.pid, 'SIGTERM')
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) !== 'ESRCH'
  }
}

function readBoot(): string {
  return readProc('sys/kernel/random/boot_id')
}

/** A process's state (field 3 of its `stat`) and start (field 22); the name in field 2 may hold blanks and parentheses. */
function readStat(pid: number): [state: string, started: string] {
  const stat = readProc(`${pid}/stat`)
  const fields = stat
    .slice(stat.lastIndexOf(')') + 1)
    .trimStart()
    .split(' ')
  return [fields[0] ?? '', fields[19] ?? '']
}

function readProc(name: string): string {
  try {
    return readFileSync(`/proc/${name}`, 'latin1').trim()
  } catch {
    return ''
  }
}
