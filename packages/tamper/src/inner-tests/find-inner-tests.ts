import { findCTests } from './c-tests.ts'
import { findPythonDoctests } from './python-doctests.ts'
import { findRustDocTests } from './rust-doc-tests.ts'
import { findRustTests } from './rust-tests.ts'
import { findScriptTests } from './script-tests.ts'
import type { TestPart } from './test-part.ts'

const script = (text: string) => (text.includes('import.meta.vitest') ? findScriptTests(text) : [])

const BY_TYPE: Readonly<Record<string, (text: string) => TestPart[]>> = {
  rust: (text) => [...findRustTests(text), ...findRustDocTests(text)],
  javascript: script,
  jsx: script,
  typescript: script,
  tsx: script,
  c: findCTests,
  'c++': findCTests,
}

/**
 * The tests that stand in a source of this type, among the code that they test.
 *
 * @param hasDoctests whether the check runs the examples of Python sources
 */
export function findInnerTests(text: string, type: string, hasDoctests: boolean): TestPart[] {
  if (type === 'python') return hasDoctests ? findPythonDoctests(text) : []
  return Object.hasOwn(BY_TYPE, type) ? (BY_TYPE[type]?.(text) ?? []) : []
}
