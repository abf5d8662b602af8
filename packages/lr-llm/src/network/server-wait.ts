/**
 * How long a server asks to wait, in milliseconds: `retry-after-ms`, then `retry-after` (seconds or a date), then the
 * words of the error ("try again in 4m2.1s"). Only for failures: some servers send `retry-after` with every answer
 * (research/llm-cli.md 3.2).
 */
export function waitOf(headers: NodeJS.Dict<string | string[]>, message: string, now = Date.now()): number | undefined {
  const milliseconds = Number(headers['retry-after-ms'] ?? Number.NaN)
  if (Number.isFinite(milliseconds)) return Math.max(0, milliseconds)
  const after = headers['retry-after']
  if (typeof after === 'string') {
    const seconds = Number(after)
    if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000)
    const date = Date.parse(after)
    if (Number.isFinite(date)) return Math.max(0, date - now)
  }
  return waitInWords(message)
}

function waitInWords(message: string): number | undefined {
  const words = /(?:try again|retry) in ((?:\d+h)?(?:\d+m(?!s))?(?:\d+(?:\.\d+)?(?:ms|s))?)/i.exec(message)?.[1]
  if (!words) return undefined
  const part = (unit: string) => Number(new RegExp(`(\\d+(?:\\.\\d+)?)${unit}`).exec(words)?.[1] ?? 0)
  return part('h') * 3_600_000 + part('m(?!s)') * 60_000 + part('s') * 1000 + part('ms')
}
