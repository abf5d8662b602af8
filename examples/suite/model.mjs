#!/usr/bin/env node
// model.mjs SKILL ANSWERS: a scripted model of known skill for exec:. It reads the prompt and replies with the file of the
// first case whose file the prompt names.
//   right    the right answer at once
//   second   the stub first, the right answer from its second call on (LR_ITERATION)
//   shallow  an answer that only knows the tests that it finds
//   never    the stub
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const [skill, answers] = process.argv.slice(2)
const prompt = readFileSync(0, 'utf8')
const name = readdirSync(answers).find((entry) => prompt.includes(`<<<< ${fileOf(entry)} <<<<`))
if (name === undefined) process.exit(1)
const file = fileOf(name)
const right = readFileSync(join(answers, name, file), 'utf8')
const isRight = skill === 'right' || (skill === 'second' && Number(process.env.LR_ITERATION) > 1)
process.stdout.write(`<<<< ${file} <<<<\n${isRight ? right : skill === 'shallow' ? shallow() : wrong()}>>>>>>>>\n`)

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
