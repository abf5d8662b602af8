import { constants } from 'node:os'

/** What an exit code means, the same in every program (docs/format.md, "Stages as filters"). Scripts depend on the numbers. */
export const ExitStatus = {
  /** Done, and the answer is yes. */
  Yes: 0,
  /** Done, and the answer is no: a check fails, nothing was changed, the loop stopped before the checks passed. */
  No: 1,
  /** Invalid usage or input. */
  Usage: 2,
  /** Could not be done: a program missing, a file unwritable, a rejected request. */
  Failed: 3,
  /** Could not be done now, trying again may help: rate limit, overload, time-out, lock held. */
  TryAgain: 4,
  /** We failed: 70 is EX_SOFTWARE of BSD's sysexits. */
  Bug: 70,
} as const

const BY_SIGNAL = 128

/** Ended by signal n. */
export function statusOfSignal(signal: number): number {
  return BY_SIGNAL + signal
}

/** The signal behind an exit code, such as `SIGKILL`; undefined for any other code. */
export function signalOfStatus(status: number): NodeJS.Signals | undefined {
  const names = Object.keys(constants.signals) as NodeJS.Signals[]
  return names.find((name) => statusOfSignal(constants.signals[name]) === status)
}
