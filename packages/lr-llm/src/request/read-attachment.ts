import { basename } from 'node:path'
import { UsageError } from '@loop-runner/cli-kit'
import type { Attachment } from './chat-request.ts'
import { readBytes } from './read-text-file.ts'

/** How files of the kinds that models take begin. */
const SIGNATURES: readonly (readonly [string, RegExp])[] = [
  ['image/png', /^\x89PNG\r\n\x1a\n/],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/gif', /^GIF8[79]a/],
  ['image/webp', /^RIFF.{4}WEBP/s],
  ['application/pdf', /^%PDF-/],
]

/**
 * A file to send along; its first bytes say what it is.
 *
 * @throws UsageError for a file that cannot be read, or is neither an image nor a PDF
 */
export function readAttachment(path: string): Attachment {
  const bytes = readBytes(path)
  const start = bytes.subarray(0, 16).toString('latin1')
  const mediaType = SIGNATURES.find(([, signature]) => signature.test(start))?.[0]
  if (mediaType === undefined) {
    throw new UsageError(`${path}: neither PNG, JPEG, GIF, WebP nor PDF (text belongs on standard input)`)
  }
  return { name: basename(path), mediaType, base64: bytes.toString('base64') }
}
