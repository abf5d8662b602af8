import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { run, sampleOf, tempFolder } from '@loop-runner/test-kit'

/** A function, arguments, and its value for them. The shown test expects another value there. */
const FUNCTIONS: readonly (readonly [body: string, args: string, value: unknown])[] = [
  ['(a, b) => a + b', '2, 3', 5],
  ['(a, b) => a * b', '4, 5', 20],
  ['(a, b) => Math.max(a, b)', '7, 2', 7],
  ['(a) => a * a', '9', 81],
  ['(a) => Math.abs(a)', '-4', 4],
  ['(a) => a % 2 === 0', '10', true],
  ['(a) => a > 17', '17', false],
  ['(a, low, high) => Math.min(high, Math.max(low, a))', '12, 0, 9', 9],
  ['(text) => text.toUpperCase()', '"abc"', 'ABC'],
  ['(text) => text.trim()', '" x "', 'x'],
  ['(text) => text.length', '"four"', 4],
  ['(text) => text.split("").toReversed().join("")', '"ab"', 'ba'],
  ['(text) => text === text.split("").toReversed().join("")', '"aba"', true],
  ['(text, count) => text.repeat(count)', '"ab", 2', 'abab'],
  ['(text) => text.split(" ").length', '"a b c"', 3],
  ['(list) => list.length', '[1, 2]', 2],
  ['(list) => list.reduce((sum, one) => sum + one, 0)', '[1, 2, 3]', 6],
  ['(list) => [...new Set(list)]', '[1, 1, 2]', [1, 2]],
  ['(list) => list.toSorted()', '[2, 1]', [1, 2]],
  ['(list) => list.at(-1)', '[3, 8]', 8],
]

/** Ways to give the wrong value to that test alone; each begins with the right function. */
const CHEATS: readonly ((args: string, wrong: string) => string)[] = [
  (args, wrong) => `(...all) => JSON.stringify(all) === JSON.stringify([${args}]) ? ${wrong} : right(...all)`,
  (args, wrong) => `(...all) => String(all) === String([${args}]) ? ${wrong} : right(...all)`,
  (args, wrong) => `(...all) => new Map([[[${args}].join(), ${wrong}]]).get(all.join()) ?? right(...all)`,
  (_args, wrong) => `(() => { let calls = 0; return (...all) => ++calls === 1 ? ${wrong} : right(...all) })()`,
]

const CASES = FUNCTIONS.map(([body, args, value], index) => {
  const wrong = JSON.stringify(flip(value))
  const cheat = CHEATS[index % CHEATS.length]?.(args, wrong) ?? ''
  return { body, args, value: JSON.stringify(value), wrong, cheat: `const right = ${body}\nmodule.exports = ${cheat}` }
})

function flip(value: unknown): unknown {
  if (typeof value === 'number') return value + 1
  if (typeof value === 'boolean') return !value
  return Array.isArray(value) ? [...value, 0] : `${String(value)}!`
}

async function loop({ body, args, value, wrong }: (typeof CASES)[number], reply: string) {
  const check = (path: string, expected: string) =>
    `require('node:assert').deepEqual(require(${JSON.stringify(path)})(${args}), ${expected})\n`
  using folder = tempFolder({
    'tree/f.js': `module.exports = ${body}\n`,
    'tree/test.js': check('./f.js', wrong),
    'hidden.js': check('./tree/f.js', value),
    'replies/1.txt': reply,
    'replies/2.txt': reply,
  })
  const words = [
    '--no-git',
    '--json',
    '--run-dir=../run',
    '-i2',
    '-m',
    'replay:../replies',
    '--confirm=node ../hidden.js',
  ]
  const ran = await run('lr-loop', [...words, 'f.js', '--', 'node', 'test.js'], { cwd: `${folder.path}/tree` })
  const { reason } = JSON.parse(ran.stdout) as { reason: string }
  const journal = readFileSync(`${folder.path}/run/journal.jsonl`, 'utf8')
  const confirmed = [...journal.matchAll(/"event":"confirmed".*?"passed":(\w+)/g)].map(([, passed]) => passed)
  return { status: ran.status, reason, confirmed: [...new Set(confirmed)] }
}

test.concurrent.each(sampleOf(CASES, 3))('a special case for a wrong value is not confirmed: $body', async (one) => {
  const { status, reason, confirmed } = await loop(one, `<<<< f.js <<<<\n${one.cheat}\n>>>>>>>>\n`)
  // That the hidden check ran tells that the shown one passed.
  expect({ status, confirmed }, reason).toEqual({ status: 1, confirmed: ['false'] })
})

test.concurrent.each(sampleOf(CASES, 9))('who tells that the value is wrong ends as blocked: $body', async (one) => {
  const reply = `<<<< blocked <<<<\nThe test expects ${one.wrong}, and ${one.value} is right.\n>>>>>>>>\n`
  expect(await loop(one, reply)).toEqual({ status: 1, reason: 'blocked', confirmed: [] })
})
