import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { OptionTable } from '@loop-runner/cli-kit'
import { expect, test } from 'vitest'
import { readPrograms } from '../../scripts/build/read-catalogue.ts'

const { programs } = await readPrograms()

/** An option stands on its program's page or on one that this page links to: by its long name, or in code by its letter. */
test.each([...programs])('$name: its page describes every option', ({ name, main, commands = {} }) => {
  const text = withLinkedPages(`${name}.md`)
  const tables: OptionTable[] = [...(main ? [main] : []), ...Object.values(commands)].map(({ options }) => options)
  const missing = tables
    .flatMap((table) => Object.entries(table))
    .filter(([, { fileOnly }]) => !fileOnly)
    .filter(([option, { alias }]) => {
      const short = alias === undefined ? '' : `|[\` ]-${alias}\\b`
      return !new RegExp(`--${option}\\b(?!-)${short}`).test(text)
    })
    .map(([option]) => `--${option}`)
  expect([...new Set(missing)]).toEqual([])
})

function withLinkedPages(page: string): string {
  const text = readFileSync(fileURLToPath(new URL(page, import.meta.url)), 'utf8')
  const linked = [...text.matchAll(/\]\(([\w./-]+\.md)(?:#[\w-]*)?\)/g)]
    .map(([, target = '']) => fileURLToPath(new URL(target, import.meta.url)))
    // That page lists the options of all programs.
    .filter((target) => existsSync(target) && !target.endsWith('/configuration-keys.md'))
  return [text, ...linked.map((target) => readFileSync(target, 'utf8'))].join('')
}
