import { TABLE } from '@loop-runner/checker-table'
import { expect, test } from 'vitest'
import { makeProtection } from '../src/protected-files.ts'

const protection = makeProtection([], [])
const settings = Object.entries(TABLE).flatMap(([checker, { config = [] }]) =>
  config.map((name) => ({ checker, file: name.replace(/\[.*/, '') })),
)

test.each(settings)('$file, without which $checker is not chosen, is protected', ({ file }) => {
  expect(protection(`packages/a/${file}`)).toBeDefined()
})
