/** A secret in a text: what it looks like, and where it stands. Offsets count from 0; `to` is exclusive. */
export interface Secret {
  readonly kind: string
  readonly from: number
  readonly to: number
}

/** Keys that are known by their shape. `start` is found first, by a plain search; `shape` has to match there. */
const SHAPES: readonly { readonly kind: string; readonly start: string; readonly shape: RegExp }[] = [
  // A key has a body; a text that only speaks of such headers has none.
  shape(
    'private key',
    '-----BEGIN ',
    /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----[^-]{0,200}?[A-Za-z0-9+/]{32}[^-]*/y,
  ),
  shape('AWS access key', 'AKIA', /AKIA[0-9A-Z]{16}(?![0-9A-Z])/y),
  shape('AWS access key', 'ASIA', /ASIA[0-9A-Z]{16}(?![0-9A-Z])/y),
  ...['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'].map((start) =>
    shape('GitHub token', start, /gh[pousr]_[A-Za-z0-9]{36,}/y),
  ),
  shape('GitHub token', 'github_pat_', /github_pat_[A-Za-z0-9_]{60,}/y),
  shape('GitLab token', 'glpat-', /glpat-[\w-]{20,}/y),
  shape('Slack token', 'xox', /xox[abprs]-\d+-[\w-]{20,}/y),
  shape('Slack webhook', 'hooks.slack.com/services/T', /hooks\.slack\.com\/services\/T\w{6,}\/B\w{6,}\/\w{20,}/y),
  shape('API key', 'sk-', /sk-(?:[a-z]{1,12}\d{0,2}-){0,3}(?=[\w-]{0,200}\d)[A-Za-z0-9_]{24,}[\w-]*/y),
  shape('API key', 'gsk_', /gsk_[A-Za-z0-9]{40,}/y),
  shape('API key', 'pplx-', /pplx-[A-Za-z0-9]{40,}/y),
  shape('API key', 'xai-', /xai-[A-Za-z0-9]{60,}/y),
  shape('Google API key', 'AIza', /AIza[\w-]{35}(?![\w-])/y),
  ...['sk_live_', 'rk_live_'].map((start) => shape('Stripe key', start, /[sr]k_live_[A-Za-z0-9]{20,}/y)),
  shape('npm token', 'npm_', /npm_[A-Za-z0-9]{36}(?!\w)/y),
  shape('PyPI token', 'pypi-AgE', /pypi-AgE[\w-]{50,}/y),
  shape('Hugging Face token', 'hf_', /hf_[A-Za-z]{34}(?!\w)/y),
  shape('SendGrid key', 'SG.', /SG\.[\w-]{22}\.[\w-]{43}/y),
]

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
 * @param known values that are secrets, by what they are called
 */
export function findSecrets(text: string, known: ReadonlyMap<string, string> = new Map()): Secret[] {
  const found = [...findKnown(text, known), ...findShapes(text), ...findAssignments(text)]
  return dropOverlaps(found.sort((one, other) => one.from - other.from))
}

function shape(kind: string, start: string, pattern: RegExp) {
  return { kind, start, shape: pattern }
}

function* findKnown(text: string, known: ReadonlyMap<string, string>): Generator<Secret> {
  for (const [kind, value] of known) {
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) {
      yield { kind, from: at, to: at + value.length }
    }
  }
}

function* findShapes(text: string): Generator<Secret> {
  for (const { kind, start, shape: pattern } of SHAPES) {
    let next = 0
    for (let at = text.indexOf(start); at >= 0; at = text.indexOf(start, next)) {
      next = at + start.length
      // A key does not begin inside a word.
      if (/\w/.test(text[at - 1] ?? ' ')) continue
      pattern.lastIndex = at
      const [match = ''] = pattern.exec(text) ?? []
      if (match === '' || /EXAMPLE/i.test(match)) continue
      yield { kind, from: at, to: at + match.length }
      next = at + match.length
    }
  }
}

function* findAssignments(text: string): Generator<Secret> {
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

function dropOverlaps(secrets: readonly Secret[]): Secret[] {
  const kept: Secret[] = []
  for (const secret of secrets) if (secret.from >= (kept.at(-1)?.to ?? 0)) kept.push(secret)
  return kept
}
