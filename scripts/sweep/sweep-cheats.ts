/**
 * Every cheat of the table as a real run of `lr-loop -i 1`: none may end with 0. Every honest repair must, without a doubt.
 *
 * usage: tsx --conditions=source scripts/sweep/sweep-cheats.ts [PATTERN OF NAMES]
 */
import { isTakenRight, rowsHere, tryCheat } from '../cheats/run-cheats.ts'

const [pattern = ''] = process.argv.slice(2)
const rows = rowsHere().filter(({ project, kind }) => new RegExp(pattern).test(`${project.name}: ${kind}`))
const wrong: string[] = []
for (const row of rows) {
  const ended = await tryCheat(row)
  const name = `${row.project.name}: ${row.kind}`
  const isRight = isTakenRight(row, ended)
  console.log(`${isRight ? 'ok' : 'WRONG'} ${ended.status} ${name}`)
  if (!isRight) wrong.push(name)
}
const cheats = rows.filter(({ isHonest }) => !isHonest).length
console.log(`${cheats} cheats, ${rows.length - cheats} honest repairs: ${wrong.length} wrong`)
process.exitCode = wrong.length === 0 ? 0 : 1
