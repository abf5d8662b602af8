// Tries every fault at every call that lr-git makes of the file system, and at every git process that it starts, in five
// commands on both engines: kills before and after, errors, short writes. After each the repository is looked at with
// `git fsck --strict`, and the command is given again. Then ten writers make 2,000 commits at once. The tests try a part of
// it.
//
//   pnpm build && npx tsx --conditions=source scripts/sweep/sweep-git.ts [EVERY-NTH-CALL]
import { sweep } from '../../packages/lr-git/test/support/sweep.ts'
import { testRepository } from '../../packages/lr-git/test/support/test-repository.ts'
import { findLosses, runWriters } from '../../packages/lr-git/test/support/writers.ts'

const ROUNDS = 112

const { findings, line } = await sweep(Number(process.argv[2] ?? 1), 4)
for (const { fault, wrong } of findings.slice(0, 20)) console.log(`${fault}\n  ${wrong.join('\n  ')}`)
console.log(line)

using repository = testRepository()
const reported = await runWriters(repository, ROUNDS)
const losses = findLosses(repository, reported)
for (const loss of losses.slice(0, 20)) console.log(loss)
const commits = 2 * reported.fixes.length + reported.theirs.length
console.log(`lr-git: ${commits} commits of ten writers at once, ${losses.length} wrong`)

if (findings.length + losses.length > 0) process.exitCode = 1
