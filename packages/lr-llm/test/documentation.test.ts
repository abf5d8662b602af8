import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { CALL_OPTIONS, OUTPUT_OPTIONS, REQUEST_OPTIONS, TARGET_OPTIONS } from '../src/ask/ask-options.ts'
import { PROVIDERS } from '@loop-runner/llm-client'

const PAGE = readFileSync(fileURLToPath(new URL('../../../docs/commands/lr-llm.md', import.meta.url)), 'utf8')
const OPTIONS = Object.entries({ ...TARGET_OPTIONS, ...REQUEST_OPTIONS, ...CALL_OPTIONS, ...OUTPUT_OPTIONS })

test.each(OPTIONS)('docs/commands/lr-llm.md describes --%s', (name, option) => {
  const short = 'alias' in option ? `-${option.alias}` : undefined
  expect(
    PAGE.includes(`--${name}`) || (short !== undefined && PAGE.includes(`\`${short}`)) || PAGE.includes(` ${short} `),
  ).toBe(true)
})

test.each(Object.entries(PROVIDERS))(
  'docs/commands/lr-llm.md describes the provider %s and its keys',
  (name, { keys }) => {
    const row = new RegExp(`^\\| \`${name}\`.*`, 'm').exec(PAGE)?.[0]
    for (const key of keys) expect(row).toContain(`\`${key}\``)
  },
)

test('docs/commands/lr-llm.md has a row for every exit code', () => {
  for (let status = 0; status <= 7; status++) expect(PAGE).toContain(`\n| ${status} |`)
})
