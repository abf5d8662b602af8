import { CommandError, ExitStatus } from '@loop-runner/cli-kit'
import type { GitConfig } from './git-config.ts'

/** Who makes a commit, as a commit's headers say it: `Name <email> seconds zone`. */
export interface Identity {
  readonly author: string
  readonly committer: string
}

/**
 * The identity that git would use, from the environment and then the configuration; git's last resort, a guess from the
 * account and the host, is not followed.
 *
 * @throws CommandError (3) if there is no identity, with the remedy
 */
export function readIdentity(env: NodeJS.ProcessEnv, config: GitConfig, now: Date): Identity {
  const header = (role: 'author' | 'committer') => {
    const prefix = `GIT_${role.toUpperCase()}`
    const name = clean(env[`${prefix}_NAME`] || config.get(`${role}.name`) || config.get('user.name') || '')
    const email = clean(
      env[`${prefix}_EMAIL`] || config.get(`${role}.email`) || config.get('user.email') || env['EMAIL'] || '',
    )
    if (name === '' || email === '') throw unknownIdentity(name === '', email === '')
    return `${name} <${email}> ${readDate(env[`${prefix}_DATE`], `${prefix}_DATE`, now)}`
  }
  return { author: header('author'), committer: header('committer') }
}

function unknownIdentity(noName: boolean, noEmail: boolean): CommandError {
  const missing = [
    ...(noName ? [['user.name', "'Your Name'"]] : []),
    ...(noEmail ? [['user.email', 'you@example.com']] : []),
  ]
  const keys = missing.map(([key]) => key).join(' and ')
  const remedy = missing.map((words) => `git config --global ${words.join(' ')}`).join('; ')
  return new CommandError(ExitStatus.Failed, `${keys}: not set; a commit needs an author (${remedy})`)
}

/** Without what would break a header, and without the punctuation at both ends that git drops too. */
function clean(text: string): string {
  return text
    .replaceAll(/[<>\n\0]/g, '')
    .replaceAll(/^[\x00-\x20.,:;<>"\\']+|[\x00-\x20.,:;<>"\\']+$/g, '')
    .replaceAll(/[\x00-\x1f\x7f]/g, '')
}

/** Seconds and zone. Of the forms that git reads, those that say both without guessing. */
function readDate(written: string | undefined, variable: string, now: Date): string {
  if (!written) return writeDate(now)
  const [, seconds, zone = '+0000'] = /^@?(\d+)(?: ([+-]\d{4}))?$/.exec(written.trim()) ?? []
  if (seconds !== undefined) return `${seconds} ${zone}`
  const iso = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d ?(Z|[+-]\d\d:?\d\d)$/.exec(written.trim())
  const rfc = /^(?:\w{3}, )?\d{1,2} \w{3} \d{4} \d\d:\d\d:\d\d ([+-]\d{4})$/.exec(written.trim())
  const time = Date.parse(iso ? written.trim().replace(' ', 'T').replace(' ', '') : written)
  const offset = (iso ?? rfc)?.[1]
  if (offset === undefined || Number.isNaN(time)) {
    throw new CommandError(
      ExitStatus.Failed,
      `${variable}: ${JSON.stringify(written)} is not a date (use @SECONDS +0000)`,
    )
  }
  return `${Math.floor(time / 1000)} ${offset === 'Z' ? '+0000' : offset.replace(':', '')}`
}

/** Seconds and the local zone. */
export function writeDate(time: Date): string {
  return `${Math.floor(time.getTime() / 1000)} ${writeZone(-time.getTimezoneOffset())}`
}

function writeZone(minutes: number): string {
  const size = Math.abs(minutes)
  const digits = String(Math.floor(size / 60) * 100 + (size % 60)).padStart(4, '0')
  return `${minutes < 0 ? '-' : '+'}${digits}`
}
