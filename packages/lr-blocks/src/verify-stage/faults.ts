import { type Block, isBlock, type Part, pathOfName } from '@loop-runner/block-format'
import { fileBlocks } from '@loop-runner/stage-protocol'
import type { Behaviour } from './stage-case.ts'

/** The blocks of this name, in order. */
export function blocksNamed(parts: readonly Part[], name: string): Block[] {
  return parts.filter((part): part is Block => isBlock(part) && part.name === name)
}

/** Files that a stage shows with contents that they do not have. */
export function wronglyShown({ parts, after }: Pick<Behaviour, 'parts' | 'after'>): string[] {
  return fileBlocks(parts).flatMap(({ name, content }) => {
    const real = after.get(pathOfName(name))
    if (real === undefined || real.equals(Buffer.from(content))) return []
    return [`the block ${name} does not hold the file's bytes (lr-blocks pack and lr-blocks wrap write them exactly)`]
  })
}

/** Files that a stage shows and that do not exist, such as an example of a reply. */
export function inventedFiles({ parts, after }: Pick<Behaviour, 'parts' | 'after'>): string[] {
  return fileBlocks(parts)
    .filter(({ name }) => !after.has(pathOfName(name)))
    .map(({ name }) => `the block ${name} names a file that is not a source (indent an example of a reply)`)
}

/** Blocks that a stage does not know, and yet did not pass on as they came, in order. */
export function notPassedOn(parts: readonly Part[], expected: readonly Block[]): string[] {
  const passed = parts.filter((part): part is Block => isBlock(part) && expected.some(({ name }) => name === part.name))
  if (JSON.stringify(passed) === JSON.stringify(expected)) return []
  const names = expected.map(({ name }) => name).join(' and ')
  return [`${names} did not come out unchanged and in order (a stage passes on what it does not know)`]
}

/** Files that changed, came or went; `except` may have done so. */
export function touched({ before, after }: Behaviour, except: readonly string[] = []): string[] {
  const paths = new Set([...before.keys(), ...after.keys()])
  return [...paths].flatMap((path) => {
    const [old, now] = [before.get(path), after.get(path)]
    if (except.includes(path) || (old !== undefined && now?.equals(old))) return []
    const how = old === undefined ? 'was made' : now === undefined ? 'was removed' : 'was changed'
    return [`${path} ${how}`]
  })
}
