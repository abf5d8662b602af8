import { skeletonOf } from '../flips/skeleton.ts'
import { type TestPart, trimmedLines, withoutIndentation } from './test-part.ts'

const DIRECTIVE = /^[ \t]*#[ \t]*(if|ifdef|ifndef|elif|else|endif)\b(.*)$/
const NAMES_TEST = /(?<![A-Z])(?:[A-Z0-9_]*_)?(?:TEST|TESTS|TESTING|UNITTEST|SELFTEST)(?:_[A-Z0-9_]*)?(?![A-Za-z0-9_])/

interface Condition {
  readonly head: string
  /** Counted from 0. */
  readonly line: number
  isTest: boolean
}

/** The code of a C source between `#ifdef …TEST…` and its `#else` or `#endif`, after the conditions around it. */
export function findCTests(text: string): TestPart[] {
  const lines = text.split('\n')
  const parts: TestPart[] = []
  const open: Condition[] = []
  skeletonOf(text, 'c')
    .split('\n')
    .forEach((line, index) => {
      const [, word = '', rest = ''] = DIRECTIVE.exec(line) ?? []
      const last = open.at(-1)
      if (word.startsWith('if')) open.push(conditionOf(word, rest.trim(), index, open))
      else if (word !== '' && last?.isTest === true) {
        parts.push(partOf(open, lines.slice(last.line + 1, index)))
        last.isTest = false
      }
      if (word === 'endif') open.pop()
    })
  return parts
}

function conditionOf(word: string, rest: string, line: number, around: readonly Condition[]): Condition {
  const isWithin = around.some(({ isTest }) => isTest)
  const isTest = !isWithin && word !== 'ifndef' && !/!\s*(?:defined\b|[A-Z])/.test(rest) && NAMES_TEST.test(rest)
  return { head: trimmedLines(`${word} ${rest}`), line, isTest }
}

function partOf(open: readonly Condition[], lines: readonly string[]): TestPart {
  const scope = open.map(({ head }) => head).join('\n')
  const text = `${scope}\n${withoutIndentation(lines.join('\n'), 'c')}`
  return { text, scope, names: [], line: (open.at(-1)?.line ?? 0) + 1 }
}
