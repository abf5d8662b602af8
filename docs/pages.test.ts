import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { runPage } from './run-page.ts'

const pages = readdirSync(new URL('.', import.meta.url), { recursive: true, encoding: 'utf8' })
  // The library page has a test of its own (scripts/release/library-page.test.ts).
  .filter((name) => name.endsWith('.md') && name !== 'library.md')
  .map((name) => ({ name, page: readFileSync(new URL(name, import.meta.url), 'utf8') }))
  .filter(({ page }) => page.includes('```console'))

test('there are pages with transcripts', () => {
  expect(pages.length).toBeGreaterThan(0)
})

test.concurrent.each(pages)('$name: every command prints what the page says', async ({ name, page }) => {
  const { text, missing } = await runPage(page)
  if (missing.length > 0) console.log(`${name}: not run for want of ${missing.join(', ')}`)
  expect(text).toBe(page)
})
