import { type Review, reviewVersion, type Version } from '../../src/versions/review-version.ts'

/** Reviews content for a file; `old` is undefined for a new one. */
export function review(path: string, content: string, old?: string, given: Partial<Version> = {}): Review {
  const usual = { allowsShrink: false, allowsSecrets: false, explanation: '' }
  return reviewVersion({ path, content, old, base: old, ...usual, ...given })
}

/** A section of an edit. Both texts are empty or end with a newline. */
export function section(search: string, replace: string): string {
  return `<<<<<<< SEARCH\n${search}=======\n${replace}>>>>>>> REPLACE\n`
}
