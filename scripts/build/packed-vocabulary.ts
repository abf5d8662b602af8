// In a bundle, this replaces packages/lr-prompt/src/o200k/vocabulary.ts: the tokens are in a file beside the bundle.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { BETWEEN, TOKEN_FILE } from './token-file.ts'

export const TOKENS: readonly string[] = readTokens(join(__dirname, TOKEN_FILE)).toString('latin1').split(BETWEEN)

function readTokens(file: string): Buffer {
  return existsSync(file) ? readFileSync(file) : brotliDecompressSync(readFileSync(`${file}.br`))
}
