import { type Block, isBlock, isRole, type Part, pathOfName } from '@loop-runner/block-format'
import { ROLE } from './roles.ts'

/** The blocks that are files: those named by a path. */
export function fileBlocks(parts: readonly Part[]): Block[] {
  return parts.filter((part): part is Block => isBlock(part) && part.name !== ROLE.run && !isRole(part.name))
}

/** The contents of the files in a stream, by path. */
export function filesIn(parts: readonly Part[]): Map<string, string> {
  return new Map(fileBlocks(parts).map(({ name, content }) => [pathOfName(name), content]))
}
