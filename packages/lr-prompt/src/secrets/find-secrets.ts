import { findKeys, type FoundKey } from '@loop-runner/key-shapes'

/** `password = "…"`, `"api_key": "…"`, `API_TOKEN=…` on a line of its own. */
const ASSIGNMENT =
  /(?:secret|token|passw(?:or)?d|pwd|api_?key|access_?key|private_?key|credentials?|auth_?key)["'\]]{0,2}[ \t]*(?::=|[:=]>?)[ \t]*(?:(["'`])([\w+/=.~!@#$%^&*-]{16,200})\1|([\w+/=~-]{20,200})(?=[ \t\r]*(?:\n|$)))/gi

/** Values that only stand for a secret. */
const PLACEHOLDER =
  /example|sample|dummy|fake|test|mock|change|your|place|insert|todo|redacted|secret|passw|token|xxx|\*\*\*|\.\.\.|0000|1234567|abcdef|[<{$%]\{?[a-z_]+/i

/** Bits a character that a value made by chance has at least, where it is 16 characters or longer. */
const LEAST_ENTROPY = 3.2

/**
 * Secrets in a text, in order: keys known by their value or their shape, and values of chance that are assigned to a name
 * like `password`. Linear in the length of the text.
 *
 * @param known values that are secrets, by name
 */
export function findSecrets(text: string, known: ReadonlyMap<string, string> = new Map()): FoundKey[] {
  const found = [...findKnown(text, known), ...findKeys(text), ...findAssignments(text)]
  return dropOverlaps(found.sort((one, other) => one.from - other.from))
}

function* findKnown(text: string, known: ReadonlyMap<string, string>): Generator<FoundKey> {
  for (const [kind, value] of known) {
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) {
      yield { kind, from: at, to: at + value.length }
    }
  }
}

function* findAssignments(text: string): Generator<FoundKey> {
  for (const match of text.matchAll(ASSIGNMENT)) {
    const value = match[2] ?? match[3] ?? ''
    if (!looksRandom(value)) continue
    const from = match.index + match[0].lastIndexOf(value)
    yield { kind: 'secret value', from, to: from + value.length }
  }
}

/** Letters, capitals and digits that alternate without sense; neither words nor a placeholder nor a path. */
function looksRandom(value: string): boolean {
  if (PLACEHOLDER.test(value) || !/\d/.test(value) || !/[a-z]/i.test(value)) return false
  const changes = value.match(/\d(?=[A-Za-z])|[A-Za-z](?=\d)|[a-z](?=[A-Z])/g)?.length ?? 0
  return changes * 8 >= value.length && entropyOf(value) >= LEAST_ENTROPY
}

/** Shannon's entropy of a value's characters, in bits a character. */
function entropyOf(value: string): number {
  const counts = new Map<string, number>()
  for (const char of value) counts.set(char, (counts.get(char) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length)
  return bits
}

function dropOverlaps(secrets: readonly FoundKey[]): FoundKey[] {
  const kept: FoundKey[] = []
  for (const secret of secrets) if (secret.from >= (kept.at(-1)?.to ?? 0)) kept.push(secret)
  return kept
}
