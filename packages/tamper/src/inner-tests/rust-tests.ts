import { skeletonOf } from '../flips/skeleton.ts'
import { findAttributed, itemsIn, type RustItem } from './rust-items.ts'
import { leavesOfUse, namesOfLeaf } from './rust-uses.ts'
import { makeLineAt, type TestPart, withoutLayout } from './test-part.ts'

/** `#[test]`, `#[tokio::test]`, `#[cfg(test)]`, `#[cfg(all(test, unix))]`, and common equivalents. */
const IS_TEST =
  /^#!?\s*\[\s*(?:cfg\s*\((?=[^]*\btest\b)(?![^]*\b(?:any|not)\s*\()|(?:\w+\s*::\s*)*(?:test|rstest|test_case|quickcheck|bench|wasm_bindgen_test)\b)/

/** Not a field, a statement or an arm of a match. */
const IS_ITEM =
  /^\s*(?:pub(?:\([^)]*\))?\s+)?(?:(?:unsafe|async|extern(?:\s+"_*")?)\s+)*(?:fn|mod|struct|enum|union|impl|trait|use|const|static|type|macro_rules)\b/

/** The tests among the code of a Rust source: test functions, and the items of test modules. */
export function findRustTests(text: string): TestPart[] {
  const skeleton = skeletonOf(text, 'rust')
  const isTest = ({ attributes, head, end }: RustItem) =>
    attributes.some((attribute) => IS_TEST.test(attribute)) && IS_ITEM.test(skeleton.slice(head, end))
  const scopeAt = makeScopeAt(skeleton)
  const lineAt = makeLineAt(text)
  return findAttributed(skeleton, isTest).flatMap((item) =>
    partsOf(item, { text, skeleton, lineAt, scope: scopeAt(item.start) }),
  )
}

interface Place {
  readonly text: string
  readonly skeleton: string
  readonly scope: string
  readonly lineAt: (at: number) => number
}

/** Of a module its head and its items, so that new ones may come. */
function partsOf(item: RustItem, place: Place): TestPart[] {
  const { text, skeleton, scope } = place
  const code = skeleton.slice(item.head, item.end)
  const [head] = /^\s*(?:pub(?:\([^)]*\))?\s+)?mod\s+\w+\s*\{/.exec(code) ?? []
  const line = place.lineAt(item.start)
  const partOf = (content: string, names: TestPart['names']) => ({ text: `${scope}${content}`, scope, names, line })
  if (head !== undefined) {
    const open = item.head + head.length
    const inner = `${scope}${withoutLayout(text.slice(item.start, open), 'rust')} `
    const items = itemsIn(skeleton, open, item.end - 1).flatMap((one) => partsOf(one, { ...place, scope: inner }))
    return [partOf(withoutLayout(text.slice(item.start, open), 'rust'), namesIn(code)), ...items]
  }
  if (!/^\s*(?:pub(?:\([^)]*\))?\s+)?use\b/.test(code))
    return [partOf(withoutLayout(text.slice(item.start, item.end), 'rust'), namesIn(code))]
  const attributes = withoutLayout(text.slice(item.start, item.head), 'rust')
  return leavesOfUse(code).map((leaf) => partOf(`${attributes}use ${leaf}`, namesOfLeaf(leaf)))
}

/** An implementation, a macro or a trait may change the meaning of other code, not only by its name. */
function namesIn(code: string): readonly string[] | undefined {
  const [, name] =
    /^\s*(?:pub(?:\([^)]*\))?\s+)?(?:(?:async|const|unsafe)\s+)*(?:fn|const|static|struct|enum|type|mod|union)\s+(?:mut\s+)?(\w+)/.exec(
      code,
    ) ?? []
  return name === undefined ? undefined : [name]
}

/**
 * Answers which heads are around a place of blocks in which code may not be compiled: under a condition, or given to a
 * macro. Places must come in ascending order.
 */
function makeScopeAt(skeleton: string): (place: number) => string {
  const heads: string[] = []
  let start = 0
  let at = 0
  return (place) => {
    for (; at < place; at++) {
      const char = skeleton[at] ?? ''
      if (char === '{') heads.push(scopeOf(skeleton.slice(start, at)))
      if (char === '}') heads.pop()
      if ('{};'.includes(char)) start = at + 1
    }
    return heads.join('')
  }
}

/** A repair may change the parameters of a function. */
function scopeOf(head: string): string {
  if (/\bfn\b/.test(head)) return 'fn{'
  return /#!?\s*\[\s*cfg\b|\w!\s*\w*\s*$/.test(head) ? `${withoutLayout(head, 'rust')}{` : ''
}
