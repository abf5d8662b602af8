import { existsSync, readFileSync } from 'node:fs'
import { join, normalize } from 'node:path'
import { listSources } from '@loop-runner/source-files'
import type { LoopSettings } from '../settings.ts'

/**
 * A hash of the names and contents of all sources, by which a state that was seen before is recognised. The file that
 * explains the commits grows with each reply: it is no part of the state.
 */
export async function hashSources(
  { sources, fixes }: Pick<LoopSettings['stages'], 'sources' | 'fixes'>,
  { cwd, env }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<string> {
  const { createHash } = await import('node:crypto')
  const existing = sources.filter((source) => existsSync(join(cwd, source)) || existsSync(source))
  const hash = createHash('sha256')
  for (const path of await listSources(existing, cwd, env)) {
    if (normalize(path) === normalize(fixes)) continue
    const bytes = readFileSync(join(cwd, path))
    hash.update(`${path}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('hex')
}
