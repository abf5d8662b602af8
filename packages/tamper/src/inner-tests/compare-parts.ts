import { createHash } from 'node:crypto'
import type { TestPart } from './test-part.ts'

/** A part as it is recorded. */
export interface RecordedPart {
  readonly line: number
  readonly hash: string
}

export type PartsByPath = Readonly<Record<string, readonly TestPart[]>>
export type RecordedByPath = Readonly<Record<string, readonly RecordedPart[]>>

export function recordParts(parts: PartsByPath): RecordedByPath {
  return Object.fromEntries(
    Object.entries(parts).map(([path, of]) => [path, of.map(({ line, text }) => ({ line, hash: hashOf(text) }))]),
  )
}

/**
 * What has become of the tests in sources, in words, by path: each must be there as it was, anywhere in its file. New
 * ones may come, unless they define what the others use.
 *
 * @param isFree whether a path may change by now
 */
export function compareParts(
  recorded: RecordedByPath | undefined,
  now: PartsByPath,
  isFree: (path: string) => boolean,
): Map<string, string> {
  const changed = new Map<string, string>()
  for (const [path, parts] of Object.entries(recorded ?? {})) {
    const problem = isFree(path) ? undefined : problemOf(parts, now[path] ?? [])
    if (problem !== undefined) changed.set(path, problem)
  }
  return changed
}

function problemOf(recorded: readonly RecordedPart[], now: readonly TestPart[]): string | undefined {
  const left = new Map<string, TestPart[]>()
  for (const part of now) left.set(hashOf(part.text), [...(left.get(hashOf(part.text)) ?? []), part])
  const kept: TestPart[] = []
  for (const { line, hash } of recorded) {
    const part = left.get(hash)?.shift()
    if (!part) return `its tests changed (the one at line ${line} at first)`
    kept.push(part)
  }
  const added = [...left.values()].flat().find((part) => mayBend(part, kept))
  return added && `its tests changed (line ${added.line} is new, and may define again what they use)`
}

/** A name of the same module, or of one around it. */
function mayBend({ scope, names }: TestPart, kept: readonly TestPart[]): boolean {
  const seeing = kept.filter((part) => part.scope.startsWith(scope))
  if (names === undefined) return seeing.length > 0
  return seeing.some(({ text }) => names.some((name) => new RegExp(String.raw`\b${name}\b`).test(text)))
}

function hashOf(text: string): string {
  return createHash('sha256').update(text, 'latin1').digest('hex').slice(0, 24)
}
