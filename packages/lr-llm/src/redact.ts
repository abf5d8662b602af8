const HIDDEN = '[key]'
/** Shorter ones would be found in ordinary words. */
const SHORTEST_KEY = 8

/** A text without a key that a server may have repeated: as it is, in base64 and as it stands in an address. */
export function redact(text: string, ...keys: readonly (string | undefined)[]): string {
  let result = text
  for (const key of keys) {
    if (key === undefined || key.length < SHORTEST_KEY) continue
    for (const form of [key, Buffer.from(key).toString('base64'), encodeURIComponent(key)]) {
      result = result.replaceAll(form, HIDDEN)
    }
  }
  return result
}
