// Prints the matrix of outcomes as this machine's checkers give it: checker, version, situation, exit status, outcome.
// Ends with 1 when one is wrong.
import { spawnSync } from 'node:child_process'
import { homedir } from 'node:os'
import { hasProgram } from '@loop-runner/cli-kit/testing'
import { judgeRecorded, RECORDED } from '../packages/lr-check/src/matrix/recorded.ts'
import { SITUATIONS } from '../packages/lr-check/src/matrix/situations.ts'
import { trySituation } from '../packages/lr-check/src/matrix/try-situation.ts'

const versions = new Map<string, string>()
let wrong = 0
let missing = 0
console.log('| checker | version | situation | exit status | outcome |\n| --- | --- | --- | --- | --- |')
for (const situation of SITUATIONS) {
  const { checker, program, situation: title, outcome: expected } = situation
  if (!hasProgram(program)) {
    missing++
    continue
  }
  const { status, outcome } = await trySituation(situation, homedir())
  const verdict = outcome === expected ? outcome : `**${outcome}**, not ${expected}`
  if (outcome !== expected) wrong++
  console.log(`| ${checker} | ${versionOf(program)} | ${title} | ${status} | ${verdict} |`)
}
for (const recorded of RECORDED) {
  const { checker, situation, status, outcome: expected } = recorded
  const { outcome } = judgeRecorded(recorded)
  const verdict = outcome === expected ? outcome : `**${outcome}**, not ${expected}`
  if (outcome !== expected) wrong++
  console.log(`| ${checker} | recorded | ${situation} | ${status} | ${verdict} |`)
}
console.log(
  `\n${SITUATIONS.length - missing} tried, ${RECORDED.length} recorded, ${wrong} wrong, ${missing} not tried for want of the program`,
)
process.exitCode = wrong === 0 ? 0 : 1

function versionOf(program: string): string {
  const known = versions.get(program)
  if (known !== undefined) return known
  const { stdout, stderr } = spawnSync(program, [program === 'go' ? 'version' : '--version'], { encoding: 'utf8' })
  const version = /\d+\.\d+(?:\.\d+)?/.exec(`${stdout}${stderr}`)?.[0] ?? ''
  versions.set(program, version)
  return version
}
