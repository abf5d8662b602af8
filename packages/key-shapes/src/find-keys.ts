/** A key in a text: what it looks like, and where it stands. Offsets count from 0; `to` is exclusive. */
export interface FoundKey {
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
  shape('API key', 'sk-', /sk-(?:[a-z]{1,12}\d{0,2}-){0,3}(?=[A-Za-z0-9_]{24})(?=[\w-]{0,200}\d)[\w-]*/y),
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

/**
 * Keys and tokens of known services in a text, kind by kind. Each is looked for by its beginning, and then only at that place
 * by its shape, so that the time grows with the length of the text.
 */
export function* findKeys(text: string): Generator<FoundKey> {
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

function shape(kind: string, start: string, pattern: RegExp) {
  return { kind, start, shape: pattern }
}
