import { expect, test } from 'vitest'
import { checkersPage } from '../scripts/docs/checkers-page.ts'

test('checkers.md is what the data say', async () => {
  await expect(checkersPage()).toMatchFileSnapshot('./checkers.md')
})
