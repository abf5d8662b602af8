#!/usr/bin/env node
// model.mjs SKILL ANSWERS [HOLD]: a scripted model of known skill for exec:. It reads the prompt and replies with the file of
// the first case whose file the prompt names.
//   right    the right answer at once
//   second   a wrong answer first, the right one to a prompt that shows the wrong one
//   shallow  an answer that only knows the tests that it finds
//   never    the wrong answer
//   mixed    right, second or never, by the name of the case (a–i, j–q, r–z)
// While the file HOLD exists, each right answer waits, and the name of its file is appended to HOLD.reached.
import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

const [chosen, answers, hold] = process.argv.slice(2)
const prompt = readFileSync(0, 'utf8')
const name = readdirSync(answers).find((entry) => prompt.includes(`<<<< ${fileOf(entry)} <<<<`))
if (name === undefined) process.exit(1)
const file = fileOf(name)
const right = readFileSync(join(answers, name, file), 'utf8')
const skill = chosen === 'mixed' ? skillOf(name) : chosen
const isRight = skill === 'right' || (skill === 'second' && prompt.includes(wrong()))
if (isRight && hold !== undefined && existsSync(hold)) {
  appendFileSync(`${hold}.reached`, `${file}\n`)
  while (existsSync(hold)) await setTimeout(100)
}
process.stdout.write(`<<<< ${file} <<<<\n${isRight ? right : skill === 'shallow' ? shallow() : wrong()}>>>>>>>>\n`)

function skillOf(entry) {
  if (entry < 'j') return 'right'
  return entry < 'r' ? 'second' : 'never'
}

function fileOf(entry) {
  return entry.replace(/-(py|js)$/, '.$1')
}

/** Compares the arguments with those of the tests beside the file. */
function shallow() {
  const files = readdirSync('.').filter((entry) => entry.includes('test'))
  const text = files.map((entry) => readFileSync(entry, 'utf8')).join('')
  const tests = [...text.matchAll(/(?:assertEqual|deepEqual)\((.*?\)), (.*?)\)+$/gm)]
  const [head] = right.split(file.endsWith('.py') ? /(?<=""")\n/ : /(?<=\{)\n/)
  const [, fn, parameters] = /(?:def|function) (\w+)\((.*)\)/.exec(head)
  const rows = tests.map(([, call, value]) => [call.match(new RegExp(`${fn}\\((.*)\\)`))?.[1] ?? '', value])
  return file.endsWith('.py')
    ? `${head}\n${rows.map(([args, value]) => `    if (${parameters},) == (${args},):\n        return ${value}\n`).join('')}    return None\n`
    : `${head}\n${rows.map(([args, value]) => `  if (JSON.stringify([${parameters}]) === JSON.stringify([${args}])) return ${value}\n`).join('')}}\n`
}

function wrong() {
  return file.endsWith('.py')
    ? right.replace(/(?<=""")\n[^]*/, '\n    return None\n')
    : right.replace(/(?<=\{)\n[^]*/, '\n  return null\n}\n')
}
