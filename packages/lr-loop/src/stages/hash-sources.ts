import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { listSources } from '@loop-runner/source-files'

/** The record of the work in a folder of sources grows with each reply: it is no part of the state. */
const RECORD = 'FIXES.md'

/** A hash of the names and contents of all sources, by which a state that was seen before is recognised. */
export async function hashSources(sources: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  const { createHash } = await import('node:crypto')
  const existing = sources.filter((source) => existsSync(join(cwd, source)) || existsSync(source))
  const hash = createHash('sha256')
  for (const path of await listSources(existing, cwd, env)) {
    if (basename(path) === RECORD) continue
    const bytes = readFileSync(join(cwd, path))
    hash.update(`${path}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('hex')
}
