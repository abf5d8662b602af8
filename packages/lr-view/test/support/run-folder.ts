import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bash, tempFolder } from '@loop-runner/test-kit'

/** A reply that writes `a.txt`. */
export function reply(content: string, explanation = `Now it is ${content}.`): string {
  return `<<<< a.txt <<<<\n${content}\n>>>>>>>>\n${explanation}\n`
}

/**
 * A folder with a repository `tree`, whose check passes if `a.txt` has the word four; `model.sh`, which waits for the file
 * `go-N` and prints `replies/N.txt`; and a file `token`.
 */
export async function makeRunFolder(replies: readonly string[], files: Readonly<Record<string, string>> = {}) {
  const folder = tempFolder({
    'tree/a.txt': 'one\n',
    'tree/check.sh': '#!/bin/sh\ncat a.txt\ngrep -q four a.txt\n',
    'model.sh': `#!/bin/sh\ncd "$(dirname "$0")"\nuntil [ -e go-$LR_ITERATION ]; do sleep 0.1; done\ncat replies/$LR_ITERATION.txt\n`,
    token: 'a-token-for-the-tests\n',
    ...Object.fromEntries(replies.map((text, index) => [`replies/${index + 1}.txt`, text])),
    ...files,
  })
  for (const name of ['tree/check.sh', 'model.sh']) chmodSync(join(folder.path, name), 0o755)
  chmodSync(join(folder.path, 'token'), 0o600)
  const git = await bash('git init -q -b main && git add -A && git commit -qm start', {
    cwd: join(folder.path, 'tree'),
  })
  if (git.status !== 0) throw new Error(git.stderr)
  /** Lets the model send these replies. */
  const go = (...numbers: number[]) => {
    for (const number of numbers) writeFileSync(join(folder.path, `go-${number}`), '')
  }
  return {
    path: folder.path,
    go,
    model: `exec:${folder.path}/model.sh`,
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  }
}
