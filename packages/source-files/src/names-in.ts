import { readdirSync } from 'node:fs'

/** The names in a folder; none of one that cannot be looked into. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
