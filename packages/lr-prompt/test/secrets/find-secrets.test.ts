import { expect, test } from 'vitest'
import { findSecrets } from '../../src/secrets/find-secrets.ts'

/** Made up. Where a row's text begins like a key, ¦ keeps this file itself from holding one. */
const RANDOM = 'q7Zt4Kx9Rb2Mw8Yv3Lp6Nd5Hs1Jc0Fg7Ta4Ue9Xo2'

test.each([
  ['GitHub token', `key: gh¦p_${RANDOM.slice(0, 36)}`],
  ['secret value', `password = "${RANDOM.slice(0, 20)}"`],
  ['secret value', `{ "client_secret": "${RANDOM.slice(0, 24)}" }`],
  ['secret value', `DB_PASSWORD=${RANDOM.slice(0, 24)}\n`],
  ['secret value', `api_key: ${RANDOM.slice(0, 24)}`],
  ['secret value', `$config['access_token'] => '${RANDOM.slice(0, 24)}'`],
])('%s in %j', (kind, text) => {
  expect(findSecrets(text.replace('¦', '')).map((secret) => secret.kind)).toEqual([kind])
})

test.each([
  'password = "correct horse battery staple"',
  'password = os.environ["DB_PASSWORD"]',
  'password: str = field(default="")',
  'token = next_token_from_stream_number_2(self)',
  `api_key = "YOUR_API_KEY_GOES_HERE_123"`,
  'token = "test-token-1234567890abcdef"',
  'const tokenizer = "o200k_base_9f8a7b6c5d4e3f2a1b0c"',
  'integrity: "sha512-q7Zt4Kx9Rb2Mw8Yv3Lp6Nd5Hs1Jc0Fg7Ta4Ue9Xo2=="',
  'commit 9f8a7b6c5d4e3f2a1b0c9f8a7b6c5d4e3f2a1b0c',
  'password = "${DB_PASSWORD_FROM_VAULT_7}"',
  'task-scheduler-for-all-the-things-2024-edition',
  'credentials: google_oauth2.Credentials = None',
  'auth = "basic"',
])('none in %j', (text) => {
  expect(findSecrets(text.replace('¦', ''))).toEqual([])
})

test('known values are found by value, and nothing is found twice', () => {
  const text = `password = "${RANDOM}"\n${RANDOM}\n`
  const found = findSecrets(text, new Map([['the value of X_TOKEN', RANDOM]]))
  expect(found.map(({ kind, from, to }) => [kind, text.slice(from, to)])).toEqual([
    ['the value of X_TOKEN', RANDOM],
    ['the value of X_TOKEN', RANDOM],
  ])
})
