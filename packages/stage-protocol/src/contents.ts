import { type Block, isBlock, type Part, writeBlock } from '@loop-runner/block-format'
import type { Role } from './roles.ts'

/** The contents of all blocks of a role. */
export function contentsOf(parts: readonly Part[], role: Role): string[] {
  return parts.filter((part): part is Block => hasRole(part, role)).map(({ content }) => content)
}

/** The lines of all blocks of a role, without empty ones. */
export function linesOf(parts: readonly Part[], role: Role): string[] {
  return contentsOf(parts, role)
    .flatMap((content) => content.split('\n'))
    .filter((line) => line.trim() !== '')
}

export function hasRole(part: Part, role: Role): boolean {
  return isBlock(part) && part.name === role
}

/** A block of a role, as text. */
export function writeRole(role: Role, content: string): string {
  return writeBlock({ name: role, content })
}

/** The content of a block that is a list: one item a line. */
export function listOf(items: readonly (string | number)[]): string {
  return items.map((item) => `${item}\n`).join('')
}
