// Tries every fault at every call that lr-git makes of the file system, and at every git process that it starts, in five
// commands on both engines: kills before and after, errors, short writes. After each the repository is looked at with
// `git fsck --strict`, and the command is given again. The tests try a part of it.
//
//   pnpm build && npx tsx --conditions=source scripts/sweep-git.ts [EVERY-NTH-CALL]
import { sweep } from '../packages/lr-git/src/testing/sweep.ts'

const { findings, line } = await sweep(Number(process.argv[2] ?? 1), 4)
for (const { fault, wrong } of findings.slice(0, 20)) console.log(`${fault}\n  ${wrong.join('\n  ')}`)
console.log(line)
if (findings.length > 0) process.exitCode = 1
