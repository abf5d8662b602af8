import { expect, test } from 'vitest'
import { REFERENCE_SENTENCE } from '@loop-runner/stage-protocol'
import { stableLength } from '../src/request/stable-length.ts'

const FILES = `${REFERENCE_SENTENCE}\n<<<< a.txt <<<<\none\n>>>>>>>>\n<<<< b.txt <<<<\nFiles\n>>>>>>>>\n`

test.each([
  { what: 'ends before the sources', prompt: `${FILES}Files\n<<<< c.txt <<<<\ntwo\n>>>>>>>>\n`, stable: FILES.length },
  { what: 'is the whole prompt', prompt: FILES, stable: FILES.length },
  { what: 'is empty without files', prompt: `${REFERENCE_SENTENCE}\n`, stable: REFERENCE_SENTENCE.length + 1 },
  {
    what: 'is absent in a prompt that begins with sources',
    prompt: 'Files\n<<<< c.txt <<<<\ntwo\n>>>>>>>>\n',
    stable: 0,
  },
  { what: 'is absent if the sentence comes later', prompt: `Files\n${FILES}`, stable: 0 },
  { what: 'is absent in what is no stream', prompt: `${REFERENCE_SENTENCE}\n<<<< a.txt <<<<\none\n`, stable: 0 },
])('the stable part $what', ({ prompt, stable }) => {
  expect(stableLength(prompt)).toBe(stable)
})
