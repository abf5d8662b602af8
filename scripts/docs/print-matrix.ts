// Prints the matrix of outcomes as this machine's checkers give it: checker, version, situation, exit code, outcome.
// Ends with 1 when one is wrong.
import { homedir } from 'node:os'
import { run } from '@loop-runner/test-kit'
import { judgeRecorded, RECORDED } from '../../packages/lr-check/test/matrix/recorded.ts'
import { SITUATIONS } from '../../packages/lr-check/test/matrix/situations.ts'
import { rustHomes, trySituation, works } from '../../packages/lr-check/test/matrix/try-situation.ts'

const versions = new Map<string, string>()
let wrong = 0
let missing = 0
console.log('| checker | version | situation | exit code | outcome |\n| --- | --- | --- | --- | --- |')
for (const situation of SITUATIONS) {
  const { checker, program, situation: title, outcome: expected } = situation
  if (!works(program)) {
    missing++
    continue
  }
  const { status, outcome } = await trySituation(situation, homedir())
  const verdict = outcome === expected ? outcome : `**${outcome}**, not ${expected}`
  if (outcome !== expected) wrong++
  console.log(`| ${checker} | ${await versionOf(checker)} | ${title} | ${status} | ${verdict} |`)
}
for (const recorded of RECORDED) {
  const { checker, situation, status, outcome: expected } = recorded
  const { outcome } = judgeRecorded(recorded)
  const verdict = outcome === expected ? outcome : `**${outcome}**, not ${expected}`
  if (outcome !== expected) wrong++
  console.log(`| ${checker} | recorded | ${situation} | ${status} | ${verdict} |`)
}
console.log(
  `\n${SITUATIONS.length - missing} tried, ${RECORDED.length} recorded, ${wrong} wrong, ${missing} not tried because the program is missing`,
)
process.exitCode = wrong === 0 ? 0 : 1

/** As lr-check itself tells it: of what is built in, which that is. */
async function versionOf(checker: string): Promise<string> {
  const known = versions.get(checker)
  if (known !== undefined) return known
  const { stdout } = await run('lr-check', ['--explain', checker], { env: rustHomes(homedir()) })
  const [, found = ''] = /^# found: (.*)$/m.exec(stdout) ?? []
  const version = /\d+\.\d+(?:\.\d+)?.*/.exec(found)?.[0] ?? (found === 'built in' ? found : '')
  versions.set(checker, version)
  return version
}
