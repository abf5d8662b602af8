import { expect, test } from 'vitest'
import { findKeys } from '../src/find-keys.ts'

/** Made up. Where a row's text begins like a key, ¦ keeps this file itself from holding one. */
const RANDOM = 'q7Zt4Kx9Rb2Mw8Yv3Lp6Nd5Hs1Jc0Fg7Ta4Ue9Xo2'
const HEADER = (kind: string) => `-----BEGIN ${kind}-----`

test.each([
  ['private key', `${HEADER('RSA PRIVATE KEY')}\nMIIEow${RANDOM}\n${RANDOM}\n`],
  ['private key', `key = "${HEADER('PRIVATE KEY')}\\nMIIEow${RANDOM}\\n"`],
  ['private key', `${HEADER('OPENSSH PRIVATE KEY')}\nb3BlbnNzaC${RANDOM}\n`],
  ['AWS access key', `aws = 'AKI¦AQ7ZT4KX9RB2MW8YV'`],
  ['GitHub token', `gh¦p_${RANDOM.slice(0, 36)}`],
  ['GitLab token', `glp¦at-${RANDOM.slice(0, 20)}`],
  ['Slack token', `xox¦b-123456789012-${RANDOM.slice(0, 24)}`],
  ['API key', `Authorization: Bearer sk¦-proj-${RANDOM}`],
  ['API key', `sk¦-ant-api03-${RANDOM}`],
  ['API key', `export GROQ=gs¦k_${RANDOM}${RANDOM}`],
  ['Google API key', `AI¦za${RANDOM.slice(0, 35)}`],
  ['Stripe key', `sk¦_live_${RANDOM.slice(0, 24)}`],
  ['npm token', `//registry/:_authToken=np¦m_${RANDOM.slice(0, 36)}`],
])('%s in %j', (kind, text) => {
  expect([...findKeys(text.replace('¦', ''))].map((key) => key.kind)).toEqual([kind])
})

test.each([
  `The file begins with ${HEADER('RSA PRIVATE KEY')} and so on`,
  `assert ${HEADER('PRIVATE KEY')} in text\n\n\ndef test():\n    pass\n`,
  `secret = "AKIA¦IOSFODNN7EXAMPLE"`,
  'task-scheduler-for-all-the-things-2024-edition',
  'class="sk-button-large-with-rounded-corners-v2"',
  'commit 9f8a7b6c5d4e3f2a1b0c9f8a7b6c5d4e3f2a1b0c',
])('none in %j', (text) => {
  expect([...findKeys(text.replace('¦', ''))]).toEqual([])
})

test('the place of each is reported', () => {
  const key = 'AKI¦AQ7ZT4KX9RB2MW8YV'.replace('¦', '')
  expect([...findKeys(`a ${key}\n${key}`)]).toEqual([
    { kind: 'AWS access key', from: 2, to: 22 },
    { kind: 'AWS access key', from: 23, to: 43 },
  ])
})
