import { makeLineAt, type TestPart, trimmedLines } from './test-part.ts'

/** A string that is a statement of its own, as a docstring is. */
const DOCSTRING = /^[ \t]*[rRuU]?("""|''')([^]*?)\1/gm
const EXAMPLE = /^[ \t]*>>> [^\n]*(?:\n[ \t]*\.\.\.[^\n]*)*(?:\n(?![ \t]*(?:>>>|$))[^\n]*)*/gm
const DEFINES = /^>>> (?:(?:async )?def (\w+)|class (\w+)|from [^\n]*|import [^\n]*|([\w, ]+?)\s*=(?!=)|for\b)/

/** The examples in the docstrings of a Python source, each with its expected output. */
export function findPythonDoctests(text: string): TestPart[] {
  const lineAt = makeLineAt(text)
  return [...text.matchAll(DOCSTRING)].flatMap(({ 0: string, 2: doc = '', index }) => {
    const start = index + string.length - doc.length - 3
    return [...doc.matchAll(EXAMPLE)].map(({ 0: example, index: offset }) => {
      const code = trimmedLines(example)
      const [defines, ...names] = DEFINES.exec(code) ?? []
      const defined = defines === undefined ? [] : /^>>> (?:from|import)/.test(defines) ? [defines] : names
      const words = defined.flatMap((part) => part?.match(/\w+/g) ?? [])
      return { text: code, scope: 'doctest', names: words, line: lineAt(start + offset) }
    })
  })
}
