import { defineCommand } from '@loop-runner/cli-kit'
import { expect, test } from 'vitest'
import { allPrograms } from '../programs.ts'
import { manPage } from './man-page.ts'

test.each(allPrograms)('%s(1) refers to every other program', (name) => {
  const main = defineCommand({
    usage: '',
    summary: '',
    options: {},
    details: '',
    run: async () => Promise.resolve(0),
  })
  const [, seeAlso = ''] = manPage({ name, main }, '0.0.0', allPrograms).split('.SH SEE ALSO\n')
  const named = seeAlso.trim().replaceAll('\\-', '-').split(', ')
  expect([...named, `${name}(1)`].toSorted()).toEqual(allPrograms.map((program) => `${program}(1)`))
})

test.each(['. a point', "' a quote", '…, an ellipsis'])('text is no macro of roff: %s', (details) => {
  const main = defineCommand({ usage: '', summary: '', options: {}, details, run: async () => Promise.resolve(0) })
  const page = manPage({ name: 'lr-blocks', main }, '0.0.0', allPrograms)
  const [, text = ''] = page.split('.nf\n')
  expect(text).toMatch(/^\\&[.']/)
})
