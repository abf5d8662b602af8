type Headers = Readonly<Record<string, unknown>>

/**
 * How long a server asks to wait, in milliseconds: `retry-after-ms`, then `retry-after` (seconds or a date), then the
 * words of the error ("try again in 4m2.1s", "resets at 2026-01-08 15:00"), then the reset of a limit that is used up.
 * Only for failures: some servers send these headers with every answer.
 *
 * @param bodyWaitMs a wait that the body names in a field of its own
 */
export function waitOf(headers: Headers, message: string, now = Date.now(), bodyWaitMs?: number): number | undefined {
  const milliseconds = Number(headers['retry-after-ms'] ?? Number.NaN)
  if (Number.isFinite(milliseconds)) return Math.max(0, milliseconds)
  return waitUntil(headers['retry-after'], now) ?? waitInWords(message, now) ?? bodyWaitMs ?? waitForReset(headers, now)
}

/**
 * The reset of the limit that has nothing remaining; where the headers do not tell which one that is, the nearest:
 * `x-ratelimit-reset-tokens`, `anthropic-ratelimit-requests-reset`, `ratelimit-reset`.
 */
function waitForReset(headers: Headers, now: number): number | undefined {
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const)
  const resets = entries.flatMap(([name, value]) => {
    if (!/ratelimit.*reset/.test(name)) return []
    const remaining = entries.find(([other]) => other === name.replace('reset', 'remaining'))?.[1]
    const wait = waitUntil(value, now)
    return wait === undefined ? [] : [{ wait, isUsedUp: remaining !== undefined && Number(remaining) <= 0 }]
  })
  const usedUp = resets.filter(({ isUsedUp }) => isUsedUp).map(({ wait }) => wait)
  if (usedUp.length > 0) return Math.max(...usedUp)
  return resets.length === 0 ? undefined : Math.min(...resets.map(({ wait }) => wait))
}

/** Seconds, seconds or milliseconds since 1970, a duration such as `6m0s`, or a date. */
function waitUntil(value: unknown, now: number): number | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const text = String(value).trim()
  if (/^\d+(\.\d+)?$/.test(text)) {
    const number = Number(text)
    if (number > 1e12) return Math.max(0, number - now)
    return number > 1e9 ? Math.max(0, number * 1000 - now) : number * 1000
  }
  const date = /^\d+(\.\d+)?(ms|[smhd])/.test(text) ? durationOf(text) : Date.parse(text) - now
  return date !== undefined && Number.isFinite(date) ? Math.max(0, date) : undefined
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }
const AMOUNT = String.raw`\d+(?:\.\d+)?\s*(?:milliseconds?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d)\b`
const WAIT = new RegExp(
  String.raw`(?:try again|retry|wait|resets?|available again|again)(?: \w+)? (?:in|after|for)?\s*(?:about |approximately )?((?:\d[\d.]*(?:ms|[smhd]))+|${AMOUNT}(?:[,\s]*(?:and )?${AMOUNT})*)`,
  'i',
)
const DATE = /resets? (?:at|on)|regain access on|available (?:again )?(?:at|on)|try again (?:at|on)/i

function waitInWords(message: string, now: number): number | undefined {
  const words = WAIT.exec(message)?.[1]
  if (words !== undefined) return durationOf(words)
  const place = DATE.exec(message)
  const at = place ? dateAt(message.slice(place.index + place[0].length)) : undefined
  return at === undefined ? undefined : Math.max(0, at - now)
}

/** A date at the start of a text, in UTC unless it names another zone; servers write `2026-01-08 15:00:00`, too. */
function dateAt(text: string): number | undefined {
  const [, day, time = '00:00', zone = 'Z'] =
    /^\s*(\d{4}-\d\d-\d\d)(?:(?:[T ]|,? at )(\d\d:\d\d(?::\d\d)?))?(?:\.\d+)?\s*([+-]\d\d:?\d\d)?/.exec(text) ?? []
  const at = Date.parse(`${day}T${time}${zone}`)
  return Number.isFinite(at) ? at : undefined
}

/** `4m2.1s`, `1h3m`, `6 seconds`, `2 hours and 5 minutes`. */
function durationOf(words: string): number | undefined {
  const parts = [...words.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)/gi)]
  const total = parts.reduce((sum, [, amount, unit = '']) => {
    const short = /^(ms|milli)/i.test(unit) ? 'ms' : (unit[0] ?? '').toLowerCase()
    return sum + Number(amount) * (UNITS[short] ?? 0)
  }, 0)
  return parts.length === 0 ? undefined : total
}
