import { type Change, type FoundFile, RefusedPath } from '@loop-runner/file-transaction'
import { DEVIATIONS, type Finding, joinLines, linesOf, type Reply, type ReplyBlock } from '@loop-runner/reply-format'
import type { Protection } from '@loop-runner/source-files'
import { findClashes } from '../guard/find-clashes.ts'
import { judgeInstalled } from '../guard/judge-installed.ts'
import type { Refusal } from '../guard/judge-path.ts'
import {
  bytesOf,
  planVersion,
  type PlannedFile,
  startFile,
  type Tolerance,
  type VersionedFile,
} from './plan-version.ts'
import { halvesOfMoves } from './halves-of-moves.ts'
import { BOTH, LEFT_AS_IT_IS, NO_RENAME, THERE, tooLarge, TWO_VERSIONS } from './plan-refusals.ts'
import type { Offer } from '../guard/resolve-name.ts'
import { resolveBlock } from './resolve-block.ts'
import type { Scope } from '../guard/scope.ts'
import type { TextStyle } from './text-style.ts'
import type { TreeView } from '../tree-view.ts'

/** What a reply would do to the tree. */
export interface Plan {
  readonly changes: readonly Change[]
  readonly unchanged: readonly string[]
  readonly noted: readonly Finding[]
  readonly rejected: readonly Finding[]
}

/** What decides what a reply may do. */
export interface Rules {
  readonly scope: Scope
  readonly protection: Protection
  /** Whether `--allow` names a path. */
  readonly isAllowed: (path: string) => boolean
  readonly offer: Offer
  readonly tolerance: Tolerance
  /** Whether a path leads to our own journal. */
  readonly isOwnState: (path: string) => boolean
  /** Whether git ignores a path. */
  readonly isIgnored: (path: string) => boolean
  readonly styleOfNew: (path: string) => TextStyle
  readonly limits: Limits
  readonly allowsDeletion: boolean
}

export interface Limits {
  readonly files: number
  /** Of one new version. */
  readonly bytes: number
}

/** Plans what a reply does to the tree. Reads, writes nothing. */
export function planReply(reply: Reply, tree: TreeView, rules: Rules): Plan {
  const planner = new Planner(tree, rules, reply.explanation)
  for (const block of reply.blocks) planner.take(block)
  return planner.finish()
}

class Planner {
  readonly #tree: TreeView
  readonly #rules: Rules
  readonly #files = new Map<string, VersionedFile>()
  readonly #deleted = new Map<string, FoundFile>()
  /** The new paths of files that are renamed, by the old ones. */
  readonly #moves = new Map<string, string>()
  readonly #noted: Finding[] = []
  readonly #rejected: Finding[] = []
  /** Files that may not change, and are sent back as they are. */
  readonly #left = new Set<string>()
  readonly #explanation: string

  constructor(tree: TreeView, rules: Rules, explanation: string) {
    this.#tree = tree
    this.#rules = rules
    this.#explanation = explanation
  }

  take(block: ReplyBlock): void {
    if (block.name === 'deleted') return this.#takeDeletions(block)
    if (block.movesFrom !== undefined) return this.#takeMove(block, block.movesFrom)
    const file = this.#startFile(block.name, block)
    if (!file) return
    const { limits, tolerance } = this.#rules
    if (this.#deleted.has(file.path)) return this.#reject(block, file.path, BOTH)
    if (block.content.length > limits.bytes) return this.#reject(block, file.path, tooLarge(limits))
    const { noted, refused, planned, isEdit } = planVersion(file, block, tolerance, this.#explanation)
    this.#noted.push(...noted)
    if (refused) this.#rejected.push(refused)
    if (!planned) return
    if (haveTwoReadings(file, planned)) return this.#reject(block, file.path, TWO_VERSIONS)
    if (file.isPlanned && !isEdit) this.#note(block, file.path, file.text === planned.text ? 'duplicate' : 'sent-twice')
    this.#files.set(file.path, planned)
  }

  finish(): Plan {
    const changes: Change[] = []
    const unchanged = [...this.#left]
    for (const [path, file] of this.#files) {
      const { found } = file
      const bytes = bytesOf(file)
      const old = found && { bytes: found.bytes, mode: found.status.mode }
      if (found?.bytes.equals(bytes)) unchanged.push(path)
      else changes.push({ path, old, next: { bytes, mode: file.mode ?? old?.mode } })
    }
    for (const [path, { bytes, status }] of this.#deleted) {
      changes.push({ path, old: { bytes, mode: status.mode }, next: undefined })
    }
    if (changes.length > this.#rules.limits.files) {
      const message = `${changes.length} files in one reply (at most ${this.#rules.limits.files})`
      this.#rejected.push({ code: 'too-much', message })
    }
    this.#rejected.push(...findClashes(changes, this.#tree))
    this.#rejected.push(...halvesOfMoves(this.#moves, this.#rejected))
    return { changes, unchanged, noted: this.#noted, rejected: this.#rejected }
  }

  #takeDeletions(block: ReplyBlock): void {
    for (const name of linesOf(block.content)) {
      const file = name.trim() === '' ? undefined : this.#startFile(name.trim(), block)
      if (!file) continue
      const judged = this.#judgeDeletion(file)
      if ('code' in judged) this.#reject(block, file.path, judged)
      else this.#deleted.set(file.path, judged)
    }
  }

  /** A rename is a new file with what the old one has, and the deletion of that one: both or neither. */
  #takeMove(block: ReplyBlock, from: string): void {
    const source = this.#startFile(from, block)
    const target = source && this.#startFile(block.name, block, source.path)
    if (!source || !target) return
    const judged = this.#judgeDeletion(source)
    if (!this.#rules.allowsDeletion) return this.#reject(block, source.path, NO_RENAME)
    if ('code' in judged) return this.#reject(block, source.path, judged)
    if (this.#deleted.has(source.path)) return this.#reject(block, source.path, BOTH)
    if (target.found || target.isPlanned || this.#deleted.has(target.path))
      return this.#reject(block, target.path, THERE)
    const file = { ...source, path: target.path, found: undefined, mode: judged.status.mode }
    const planned = this.#planMoved(file, block)
    if (!planned) return
    this.#files.set(target.path, planned)
    this.#deleted.set(source.path, judged)
    this.#moves.set(source.path, target.path)
    this.#noted.push({ code: 'rename', path: target.path, line: block.line, message: `renamed from ${source.path}` })
  }

  #planMoved(file: PlannedFile, block: ReplyBlock): VersionedFile | undefined {
    if (block.content === '') return { ...file, text: String(file.text), isPlanned: true }
    const { noted, refused, planned } = planVersion(file, block, this.#rules.tolerance, this.#explanation)
    this.#noted.push(...noted)
    if (refused) this.#rejected.push(refused)
    return planned
  }

  #judgeDeletion({ path, found }: PlannedFile): Refusal | FoundFile {
    if (!found) return { code: 'deletion', message: 'there is no such file to delete' }
    if (!this.#rules.allowsDeletion) return { code: 'deletion', message: 'deleting files is not allowed here' }
    return this.#files.has(path) ? BOTH : found
  }

  /**
   * The file that a name means, as it is or as an earlier block left it; undefined if there is nothing to do or it is
   * refused.
   *
   * @param renamed the file that gets this name, which the name does not mean
   */
  #startFile(name: string, block: ReplyBlock, renamed?: string): PlannedFile | undefined {
    const { offer, tolerance } = this.#rules
    const others = { ...offer, files: offer.files.filter((file) => file !== renamed) }
    const resolved = resolveBlock(name, block, this.#tree, { offer: others, tolerance })
    if ('leaveOut' in resolved) {
      this.#note(block, name, 'note-in-name')
      return undefined
    }
    if ('refused' in resolved) {
      this.#reject(block, name, { code: resolved.refused, message: resolved.message })
      return undefined
    }
    const { path, isNew, slips } = resolved
    for (const slip of slips) this.#note(block, path, slip)
    const planned = this.#files.get(path)
    if (planned) return planned
    const opened = this.#judge(path, isNew) ?? this.#open(path)
    if ('code' in opened) {
      if (this.#isAsItIs(path, block, opened)) this.#left.add(path)
      else this.#reject(block, path, opened)
      return undefined
    }
    if ((opened.found?.status.names ?? 1) > 1) this.#note(block, path, 'hard-link')
    return opened
  }

  /** Whether a file that may not change is sent back as it is. */
  #isAsItIs(path: string, { content, movesFrom }: ReplyBlock, { code }: Refusal): boolean {
    if (movesFrom !== undefined || !LEFT_AS_IT_IS.has(code)) return false
    return this.#tree.textOf?.(path) === joinLines(linesOf(content))
  }

  #judge(path: string, isNew: boolean): Refusal | undefined {
    const { scope, protection, isIgnored, isOwnState } = this.#rules
    if (isOwnState(path)) return { code: 'git-folder', message: "this program's own journal is never written" }
    if (scope.isNamed(path)) return undefined
    const reason = protection(path)
    if (reason !== undefined) return { code: 'protected', message: `protected: ${reason} (leave it as it is)` }
    const refusal = scope.judge(path, isNew) ?? (isNew ? judgeInstalled(path, this.#rules.isAllowed) : undefined)
    if (refusal) return refusal
    return isIgnored(path) ? { code: 'ignored', message: 'git ignores this file (leave it as it is)' } : undefined
  }

  #open(path: string): PlannedFile | Refusal {
    try {
      const found = this.#tree.read(path)
      if (found && (found.status.mode & 0o222) === 0) return { code: 'read-only', message: 'the file is read-only' }
      if (found && found.bytes.length > this.#rules.limits.bytes) return tooLarge(this.#rules.limits)
      const file = startFile(path, found, this.#rules.styleOfNew(path))
      return file ?? { code: 'binary', message: 'the present version is not UTF-8 text, so it cannot be replaced' }
    } catch (error) {
      if (error instanceof RefusedPath) return error.refusal
      throw error
    }
  }

  #note({ line }: ReplyBlock, path: string, code: Finding['code']): void {
    this.#noted.push({ code, path, line, message: DEVIATIONS[code].what })
  }

  #reject({ line }: ReplyBlock, path: string, { code, message }: Refusal): void {
    this.#rejected.push({ code, path, line, message })
  }
}

/**
 * Whether a reply gives a file two new versions, one of them in a fence: of blocks the last one counts, but what stands in
 * a fence may be meant as an example.
 */
function haveTwoReadings(file: PlannedFile, next: PlannedFile): boolean {
  const isOneFence = file.isPlanned && (file.isFence === true || next.isFence === true)
  return isOneFence && file.text !== file.old && file.text !== next.text
}
