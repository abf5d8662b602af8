import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { decodeUtf8, reasonOf, UsageError, type Values } from '@loop-runner/cli-kit'
import type { LOOP_OPTIONS } from './options.ts'

/**
 * The task: what the command line says, then the file.
 *
 * @throws UsageError for a file that cannot be read, is empty, or is not text
 */
export function instructionsOf(
  { instructions, 'instructions-file': name }: Pick<Values<typeof LOOP_OPTIONS>, 'instructions' | 'instructions-file'>,
  cwd: string,
): string | undefined {
  if (name === undefined) return instructions
  const path = resolve(cwd, name)
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (error) {
    throw new UsageError(`option --instructions-file: ${path}: ${reasonOf(error)}`)
  }
  const text = decodeUtf8(bytes, path).trim()
  if (text === '') throw new UsageError(`option --instructions-file: ${path}: the file is empty`)
  return instructions === undefined ? text : `${instructions}\n\n${text}`
}
