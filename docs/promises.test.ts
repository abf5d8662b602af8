import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const page = readFileSync(new URL('promises.md', import.meta.url), 'utf8')
const promises = [...page.matchAll(/^\| (.+) \| `(.+)` \| (.+) \|$/gm)].map(
  ([, promise = '', file = '', title = '']) => ({
    promise,
    file,
    title,
  }),
)

test('there are promises', () => {
  expect(promises.length).toBeGreaterThan(20)
})

test.each(promises)('"$promise" has its test', ({ file, title }) => {
  const tests = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')
  expect(tests.includes(`'${title}`) || tests.includes(`\`${title}`)).toBe(true)
})
