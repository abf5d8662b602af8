import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { reasonOf, UsageError } from '@loop-runner/cli-kit'

const MIN_LENGTH = 16

/**
 * The token of a file, or a new random one.
 *
 * @throws UsageError for a file that cannot be read, or holds none
 */
export function readToken(file: string | undefined): string {
  if (file === undefined) return randomBytes(24).toString('base64url')
  const token = readText(file).trim()
  if (token.length >= MIN_LENGTH && /^[\w.~+/=-]+$/.test(token)) return token
  throw new UsageError(
    `${file}: not a token (expected at least ${MIN_LENGTH} letters, digits or -._~+/=; for example: openssl rand -hex 24)`,
  )
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(`${file}: ${reasonOf(error)}`)
  }
}
