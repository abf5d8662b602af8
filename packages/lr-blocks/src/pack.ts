import { isUtf8 } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { isBlock, writeBlock } from '@loop-runner/block-format'
import { defineCommand, ExitStatus, type Io, reasonOf, UsageError } from '@loop-runner/cli-kit'
import { listSources, readSource } from '@loop-runner/source-files'

/** Blocks are written in pieces of about this many characters. */
const PIECE = 1 << 18

export const pack = defineCommand({
  usage: '[options] FILE|DIR…',
  summary: 'Print files as blocks.',
  options: {
    'files-from': {
      type: 'text',
      placeholder: 'FILE',
      // It names files that a prompt would show.
      needsTrust: true,
      describe: 'read names from FILE, one per line; "-" is standard input',
    },
    zero: {
      type: 'flag',
      alias: '0',
      describe: 'names in --files-from end with NUL; without --files-from, read them from standard input',
    },
  },
  operands: { max: Infinity },
  details: `
DIR means the files in it that git would list; outside of a repository, the
files that its .gitignore files do not exclude. A file that is not UTF-8 text is
named in a line of text instead of a block.

Exit codes: 0 done · 2 a file is missing or cannot be read

  git diff --name-only -z | lr-blocks pack -0 | lr-prompt -i 'Review this'
`,
  async run({ operands, options }, io) {
    const from = options['files-from'] ?? (options.zero ? '-' : undefined)
    const named = from === undefined ? [] : splitNames(await readList(from, io), options.zero)
    if (from === undefined && operands.length === 0)
      throw new UsageError('which files? (name them, or use --files-from)')
    const files = await listSources([...operands, ...named], io.cwd, io.env, io.warn)
    let piece = ''
    for (const file of files) {
      const part = readSource(file, io.cwd)
      if (!isBlock(part)) io.warn(part.text)
      piece += isBlock(part) ? writeBlock(part) : part.text
      if (piece.length < PIECE) continue
      await io.stdout.write(piece)
      piece = ''
    }
    await io.stdout.write(piece)
    return ExitStatus.Yes
  },
})

async function readList(from: string, io: Io): Promise<string> {
  if (from === '-') return decodeList(await io.stdin.bytes(), 'standard input')
  try {
    return decodeList(readFileSync(resolve(io.cwd, from)), from)
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`${from}: ${reasonOf(error)}`)
  }
}

function decodeList(bytes: Buffer, what: string): string {
  if (!isUtf8(bytes)) throw new UsageError(`${what}: the list of names is not UTF-8`)
  return bytes.toString('utf8')
}

function splitNames(list: string, zero: boolean): string[] {
  return list.split(zero ? '\0' : '\n').filter((name) => name !== '')
}
