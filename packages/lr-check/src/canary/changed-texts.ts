import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Flip } from '@loop-runner/tamper'
import type { Copy } from './run-in-copy.ts'

/** A file as it is to be changed, or as it is. */
export function textOf(path: string, texts: ReadonlyMap<string, string>, folder: string): string {
  return texts.get(path) ?? readFileSync(join(folder, path), 'utf8')
}

/** @returns the folder of the copy */
export async function writeInto(copy: Copy, texts: ReadonlyMap<string, string>): Promise<string> {
  const folder = await copy.make()
  for (const [path, text] of texts) writeFileSync(join(folder, path), text)
  return folder
}

export function describeFlip({ path, line, before, after }: Flip): string {
  return `${path}:${line}: this test passes as well if it expects ${after} instead of ${before}`
}
