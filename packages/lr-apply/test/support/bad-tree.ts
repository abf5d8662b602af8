import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { dirname, join } from 'node:path'
import { run } from '@loop-runner/test-kit'

/** Files that stand where a reply must not write, so that a replacement would be seen. */
const FILES = [
  'a.ts',
  'src/a.ts',
  '.git/config',
  '.git/hooks/pre-commit',
  'src/.git/config',
  'nested/.git/HEAD',
  'nested/x.ts',
  'submodule/x.ts',
  'tests/test_a.py',
  'package.json',
  '.env',
  '.github/workflows/ci.yml',
  'lint.sh',
]

/** Fills a folder with what a hostile tree may hold; links lead to `outside`. */
export async function makeBadTree(folder: string, outside: string): Promise<Server> {
  for (const name of FILES) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), 'theirs\n')
  }
  writeFileSync(join(folder, 'submodule/.git'), 'gitdir: ../.git/modules/submodule\n')
  const links = {
    link: outside,
    'link-file': join(outside, 'canary'),
    dangling: join(outside, 'nothing'),
    loop: 'loop',
    'src/up': '..',
    'git-link': '.git',
    'src/link-in': '../a.ts',
    'absolute-link': '/etc',
  }
  for (const [name, target] of Object.entries(links)) symlinkSync(target, join(folder, name))
  await run('mkfifo', ['fifo'], { cwd: folder })
  return new Promise((resolve) => {
    const server = createServer().listen(join(folder, 'socket'), () => resolve(server))
  })
}
