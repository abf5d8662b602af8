import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { root } from '../programs.ts'

/** The path of a file's Brotli form. Compressing takes up to half a minute, so the result is kept for the next time. */
export function compress(file: string): string {
  const content = readFileSync(file)
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 16)
  const kept = join(root, 'node_modules/.cache', `${basename(file)}-${hash}.br`)
  if (existsSync(kept)) return kept
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 }
  mkdirSync(dirname(kept), { recursive: true })
  writeFileSync(`${kept}.new`, brotliCompressSync(content, { params }))
  renameSync(`${kept}.new`, kept)
  return kept
}
