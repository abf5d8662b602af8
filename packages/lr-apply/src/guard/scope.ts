import { isAbsolute, join, normalize, relative } from 'node:path'
import { statSync } from 'node:fs'
import { errorCode, reasonOf, UsageError } from '@loop-runner/cli-kit'
import type { Refusal } from './judge-path.ts'

/** Which files a reply may write, as the operands say. Paths are relative to the root. */
export interface Scope {
  /** Whether an operand is the path of this very file. */
  isNamed(path: string): boolean
  /** @returns why the path may not be written, undefined where it may */
  judge(path: string, isNew: boolean): Refusal | undefined
}

/** What else is allowed. */
export interface ScopeOptions {
  /** New files anywhere, even where the operands are files. */
  readonly allowsNew: boolean
  /** Files that no operand names. */
  readonly allowsAny: boolean
}

/**
 * @throws UsageError for an operand outside the root, or one that cannot be looked at
 */
export function makeScope(operands: readonly string[], root: string, options: ScopeOptions): Scope {
  const files = new Set<string>()
  const folders: string[] = []
  for (const operand of operands) {
    const path = pathInside(operand, root)
    if (operand.endsWith('/') || isFolder(operand, join(root, path))) folders.push(path)
    else files.add(path)
  }
  const holds = (path: string) => folders.some((folder) => folder === '.' || path.startsWith(`${folder}/`))
  const isOpen = operands.length === 0
  return {
    isNamed: (path) => files.has(path),
    judge: (path, isNew) => {
      if (isOpen || files.has(path) || holds(path)) return undefined
      if (isNew ? options.allowsNew : options.allowsAny) return undefined
      return { code: 'not-offered', message: isNew ? newMessage(folders) : `outside ${listed([...files, ...folders])}` }
    },
  }
}

function newMessage(folders: readonly string[]): string {
  if (folders.length === 0) return 'new files are not allowed here (change the files that are there)'
  return `new files are allowed only in ${listed(folders)}`
}

/** What the operands name, in words that fit into a line. */
function listed(paths: readonly string[]): string {
  const rest = paths.length > 5 ? ` and ${paths.length - 5} more` : ''
  return `what may be changed (${paths.slice(0, 5).join(', ')}${rest})`
}

function pathInside(operand: string, root: string): string {
  if (operand === '') throw new UsageError('empty operand (expected a file or a folder)')
  const path = isAbsolute(operand) ? relative(root, operand) || '.' : normalize(operand)
  const inside = path.replace(/\/+$/, '')
  if (inside === '..' || inside.startsWith('../') || isAbsolute(inside)) {
    throw new UsageError(`${operand}: outside the working directory (run there, or use -C DIR)`)
  }
  return inside
}

function isFolder(operand: string, path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false
    throw new UsageError(`${operand}: ${reasonOf(error)}`)
  }
}
