import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const folder = new URL('decisions/', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8')
const pages = readdirSync(folder).filter((name) => name !== 'README.md')
const index = read('README.md')

test.each(pages)('%s has a date and a status, and the index lists it with them', (name) => {
  const [title, , state] = read(name).split('\n')
  const [, date, status = ''] =
    /^Date: (\d{4}-\d\d-\d\d) · Status: (accepted|superseded by \[.+\]\(.+\.md\))$/.exec(state ?? '') ?? []
  expect(name.startsWith(`${date}-`), state).toBe(true)
  expect(index).toContain(`| ${date} | [${title?.replace(/^# /, '')}](${name}) | ${status} |`)
  const [, successor] = /\((.+)\)$/.exec(status) ?? []
  if (successor !== undefined) expect(pages).toContain(successor)
})

test('the index lists no page that is missing', () => {
  const listed = [...index.matchAll(/^\| [\d-]+ \| \[.+?\]\((.+?)\) \|/gm)].map(([, name]) => name)
  expect(new Set(listed)).toEqual(new Set(pages))
})
