import { makeLineAt, type TestPart, trimmedLines } from './test-part.ts'

const DOC_LINES = /(?:^[ \t]*\/\/[/!](?!\/)[^\n]*(?:\n|$))+/gm
const FENCE = /^[ \t]*(`{3,}|~{3,})([^\n`]*)\n([^]*?)(?:^[ \t]*\1|(?![^]))/gm
/** The words after the fence of an example that rustdoc runs or compiles; any other word is another language. */
const RUNS = /^(?:rust|should_panic|no_run|compile_fail|edition\d+|standalone(?:_crate)?|E\d{4})$/

/** The examples in `///` and `//!` comments that `cargo test` runs. */
export function findRustDocTests(text: string): TestPart[] {
  const lineAt = makeLineAt(text)
  return [...text.matchAll(DOC_LINES)].flatMap(({ 0: lines, index }) => {
    const doc = lines.replaceAll(/^[ \t]*\/\/[/!]/gm, '')
    const first = lineAt(index)
    const lineIn = makeLineAt(doc)
    return [...doc.matchAll(FENCE)].flatMap(({ 2: info = '', 3: code = '', index: offset }) => {
      const words = info.split(/[\s,]+/).filter((word) => word !== '')
      if (!words.every((word) => RUNS.test(word))) return []
      const line = first + lineIn(offset) - 1
      return [{ text: `doc ${words.join(',')}\n${trimmedLines(code)}`, scope: 'doc', names: [], line }]
    })
  })
}
