import { isUtf8 } from 'node:buffer'
import { type Block, nameOfPath, type Part, writeStream } from '@loop-runner/block-format'
import { ROLE } from '@loop-runner/stage-protocol'
import type { Files } from './stage-case.ts'

/** Blocks of roles that no stage knows. */
export const UNKNOWN_BLOCKS: readonly Block[] = [
  { name: 'x-verify-two', content: 'what no stage knows\r\n' },
  { name: 'x-verify-one', content: '>>>>>>>>\nno newline' },
]

/** A stream that ends inside a block. */
export const BROKEN_STREAM = '<<<< stdout <<<<\nthis block is never closed\n'

/** What a check stage prints: the sources, and a run that fails. */
export function checkedStream(files: Files, more: readonly Part[] = []): string {
  return writeStream([
    ...sourceBlocks(files),
    { name: '', content: './verify-stage-sample\n' },
    { name: ROLE.status, content: '1\n' },
    { name: ROLE.outcome, content: 'fail\n' },
    { name: ROLE.stdout, content: 'line 1: something is wrong\n' },
    { name: ROLE.stderr, content: '' },
    { name: ROLE.score, content: '0.5\n' },
    ...more,
  ])
}

/** Files that a stream can hold. */
function sourceBlocks(files: Files): Block[] {
  return [...files]
    .filter(([, bytes]) => isUtf8(bytes) && !bytes.includes(0))
    .map(([path, bytes]) => ({ name: nameOfPath(path), content: bytes.toString() }))
}

/** The files with other contents. */
export function withContents(files: Files, contents: Readonly<Record<string, string>> = {}): Files {
  return new Map([...files, ...Object.entries(contents).map(([path, text]) => [path, Buffer.from(text)] as const)])
}
