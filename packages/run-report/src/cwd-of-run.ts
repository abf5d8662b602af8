import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The folder in which a run began; undefined if its settings cannot be read. */
export function cwdOfRun(run: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(join(run, 'settings.json'), 'utf8')) as { cwd?: string }).cwd
  } catch {
    return undefined
  }
}
