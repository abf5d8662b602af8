import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withBrokenStart } from '@loop-runner/tamper'

/** A check that passes with these does not read them: it runs elsewhere, or other files. */
export function breakFiles(paths: readonly string[], folder: string): void {
  for (const path of new Set(paths)) {
    const file = join(folder, path)
    writeFileSync(file, withBrokenStart(path, readFileSync(file, 'utf8')))
  }
}
