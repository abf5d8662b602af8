import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { PROVIDERS } from '@loop-runner/llm-client'

const PAGE = readFileSync(fileURLToPath(new URL('../../../docs/commands/lr-llm.md', import.meta.url)), 'utf8')

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
