import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withBrokenStart } from '@loop-runner/tamper'
import type { Copy } from './run-in-copy.ts'

/** A check that passes with these does not read them: it runs elsewhere, or other files. */
export function breakFiles(paths: readonly string[], { folder }: Pick<Copy, 'folder'>): void {
  for (const path of new Set(paths)) {
    const file = join(folder, path)
    writeFileSync(file, withBrokenStart(path, readFileSync(file, 'utf8')))
  }
}
