import { basename, resolve } from 'node:path'
import { type Io, UsageError } from '@loop-runner/cli-kit'
import { type Attachment, readBytes } from '@loop-runner/llm-client'
import { STDIN } from './read-prompt.ts'

/** The first bytes of the files that models accept. */
const SIGNATURES: readonly (readonly [string, RegExp])[] = [
  ['image/png', /^\x89PNG\r\n\x1a\n/],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/gif', /^GIF8[79]a/],
  ['image/webp', /^RIFF.{4}WEBP/s],
  ['application/pdf', /^%PDF-/],
]

/**
 * The files to send with a prompt, `-` for standard input; their first bytes tell what they are.
 *
 * @throws UsageError for a file that cannot be read, or is neither an image nor a PDF
 */
export async function readAttachments(names: readonly string[], io: Pick<Io, 'cwd' | 'stdin'>): Promise<Attachment[]> {
  const attachments: Attachment[] = []
  for (const name of names) {
    if (name === STDIN) attachments.push(attachmentOf('standard input', await readStdin(io)))
    else attachments.push(attachmentOf(resolve(io.cwd, name), readBytes(resolve(io.cwd, name))))
  }
  return attachments
}

async function readStdin({ stdin }: Pick<Io, 'stdin'>): Promise<Buffer> {
  const chunks: Buffer[] = []
  // A chunk is overwritten by the one after the next.
  for await (const chunk of stdin.chunks()) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

function attachmentOf(path: string, bytes: Buffer): Attachment {
  const start = bytes.subarray(0, 16).toString('latin1')
  const mediaType = SIGNATURES.find(([, signature]) => signature.test(start))?.[0]
  if (mediaType === undefined) {
    throw new UsageError(`${path}: neither PNG, JPEG, GIF, WebP nor PDF (send text on standard input)`)
  }
  return { name: basename(path), mediaType, base64: bytes.toString('base64') }
}
