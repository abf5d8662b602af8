import { behindBracket } from './test-part.ts'

/** An item of Rust with its attributes: a function, a module, a use. */
export interface RustItem {
  readonly start: number
  /** Where its attributes end. */
  readonly head: number
  readonly end: number
  readonly attributes: readonly string[]
}

/** The items with attributes in a range, outermost first, without those inside another that `takes` accepts. */
export function findAttributed(skeleton: string, takes: (item: RustItem) => boolean): RustItem[] {
  const found: RustItem[] = []
  const start = /#!?\[/g
  for (let match = start.exec(skeleton); match; match = start.exec(skeleton)) {
    const item = itemAt(skeleton, match.index)
    const isTaken = takes(item)
    if (isTaken) found.push(item)
    start.lastIndex = isTaken ? item.end : item.head
  }
  return found
}

/** All items of a block, one after the other. */
export function itemsIn(skeleton: string, start: number, end: number): RustItem[] {
  const items: RustItem[] = []
  let at = start
  while (at < end) {
    at += /^\s*/.exec(skeleton.slice(at, end))?.[0].length ?? 0
    if (at >= end) break
    const item = itemAt(skeleton, at)
    items.push({ ...item, end: Math.min(item.end, end) })
    at = Math.max(item.end, at + 1)
  }
  return items
}

/** An item ends with `;`, or with its braces. */
function itemAt(skeleton: string, start: number): RustItem {
  const attributes: string[] = []
  let head = start
  for (;;) {
    const [attribute] = /^\s*#!?\s*\[/.exec(skeleton.slice(head, head + 200)) ?? []
    if (attribute === undefined) break
    const end = behindBracket(skeleton, head + attribute.length - 1)
    attributes.push(skeleton.slice(head, end).trim())
    head = end
  }
  return { start, head, end: endOfItem(skeleton, head), attributes }
}

function endOfItem(skeleton: string, start: number): number {
  const isStatement = /^\s*(?:pub(?:\([^)]*\))?\s+)?(?:use|type|static|const(?!\s+fn))\b/.test(
    skeleton.slice(start, start + 80),
  )
  for (let at = start; at < skeleton.length; at++) {
    const char = skeleton[at] ?? ''
    if (char === ';') return at + 1
    // Of an enclosing block: an attribute of an expression or a field.
    if (')]}'.includes(char)) return at
    if ('([{'.includes(char)) {
      at = behindBracket(skeleton, at) - 1
      if (char === '{' && !isStatement) return at + 1
    }
  }
  return skeleton.length
}
