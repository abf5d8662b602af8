// Prints what a commit costs in a repository of 100,000 files, which it makes itself: each engine against `git add` and
// `git commit` of the same file. A commit of ours is two, the file's and that of FIXES.md, and leaves the index right.
//
//   pnpm build && npx tsx --conditions=source scripts/bench/bench-git.ts [FILES]
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execaSync } from 'execa'
import { writeStream } from '@loop-runner/block-format'
import { measure } from './measure.ts'

const FOLDER_FILES = 50

const bin = fileURLToPath(new URL('../../bin', import.meta.url))
const count = Number(process.argv[2] ?? 100_000)
const work = mkdtempSync(join(tmpdir(), 'lr-bench-git-'))
try {
  makeRepository(work, count)
  const file = 'd0/e0/f0.txt'
  writeFileSync(join(work, '.git/report'), writeStream([{ name: 'changed', content: `${file}\n` }]))
  const change = `echo $RANDOM$RANDOM > ${file}`
  const ours = (engine: string) => `{ ${change}; ${bin}/lr-git -q commit --engine=${engine} < .git/report; }`
  const costs = measure(
    { git: `{ ${change}; git add ${file}; git commit -qm x; }`, ours: ours('git'), native: ours('native') },
    { rounds: 7, repeat: 1, cwd: work },
  )
  const ratio = (name: 'ours' | 'native') => (costs[name].wallSeconds / costs.git.wallSeconds).toFixed(2)
  console.log(`git add and git commit, ${count} files: ${Math.round(costs.git.wallSeconds * 1000)} ms`)
  console.log(`lr-git commit --engine git: ${ratio('ours')} x (target 1.0)`)
  console.log(`lr-git commit --engine native: ${ratio('native')} x (target 4)`)
} finally {
  rmSync(work, { recursive: true, force: true })
}

/** So many files of 750 bytes, 50 a folder, three levels deep, in one pack. */
function makeRepository(path: string, files: number): void {
  const git = (args: readonly string[], input = '') => execaSync('git', args, { cwd: path, input })
  const lines = Array.from({ length: files }, (_, index) => {
    const folder = Math.floor(index / FOLDER_FILES)
    const content = `${index} `.repeat(100).padEnd(750).slice(0, 750)
    return `M 100644 inline d${Math.floor(folder / 40)}/e${folder % 40}/f${index % FOLDER_FILES}.txt\ndata 750\n${content}\n`
  })
  git(['init', '-q', '-b', 'main'])
  git(
    ['fast-import', '--quiet'],
    `commit refs/heads/main\ncommitter a <b@c> 1767225600 +0000\ndata 1\nx\n${lines.join('')}\n`,
  )
  git(['reset', '-q', '--hard'])
  git(['config', 'user.name', 'bench'])
  git(['config', 'user.email', 'bench@localhost'])
}
