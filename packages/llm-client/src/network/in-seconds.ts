import { writeSeconds } from '@loop-runner/cli-kit'

/** Milliseconds for people: `1.5 s`, from a minute on `5 h 00 min`. */
export function inSeconds(milliseconds: number): string {
  return milliseconds < 59_950 ? `${Math.round(milliseconds / 100) / 10} s` : writeSeconds(milliseconds / 1000)
}
