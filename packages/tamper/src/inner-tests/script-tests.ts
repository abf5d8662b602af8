import { skeletonOf } from '../flips/skeleton.ts'
import { behindBracket, makeLineAt, type TestPart, withoutIndentation } from './test-part.ts'

const BLOCK = /\bif\s*\([^(){}]*\bimport\.meta\.vitest\b[^(){}]*\)\s*\{/g
const TEST = /^(?:(?:describe|test|it|suite)(?:\.\w+)*\s*[(<`])/

/** The statements of the blocks that Vitest runs within a source: `if (import.meta.vitest) { … }`. */
export function findScriptTests(text: string): TestPart[] {
  const skeleton = skeletonOf(text, 'script')
  const lineAt = makeLineAt(text)
  return [...skeleton.matchAll(BLOCK)].flatMap(({ 0: head, index }) => {
    const open = index + head.length
    const end = behindBracket(skeleton, open - 1) - 1
    const scope = `${head.replaceAll(/\s+/g, '')} `
    return statementsIn(skeleton, open, end).map(([from, to]) => {
      const code = withoutIndentation(text.slice(from, to), 'script')
      // Code outside of tests may replace names that the tests use.
      return {
        text: scope + code,
        scope,
        names: TEST.test(code) ? [] : undefined,
        line: lineAt(from + text.slice(from).search(/\S/)),
      }
    })
  })
}

/** A statement ends with a line outside of all brackets, unless the next one goes on with it. */
function statementsIn(skeleton: string, start: number, end: number): [from: number, to: number][] {
  const found: [number, number][] = []
  let from = start
  let depth = 0
  for (let at = start; at < end; at++) {
    const char = skeleton[at] ?? ''
    depth += Number('([{'.includes(char)) - Number(')]}'.includes(char))
    if (char !== '\n' || depth > 0 || goesOn(skeleton, at)) continue
    found.push([from, at])
    from = at + 1
  }
  return [...found, [from, end] as [number, number]].filter(
    ([first, last]) => skeleton.slice(first, last).trim() !== '',
  )
}

function goesOn(skeleton: string, at: number): boolean {
  return /^\s*[.,?:&|+*=]/.test(skeleton.slice(at, at + 200))
}
