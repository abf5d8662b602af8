import { elementsOf, type Language, type Span } from './skeleton.ts'

/** A file of tests, and the same as a skeleton. */
export interface TestText {
  readonly path: string
  readonly text: string
  readonly skeleton: string
  readonly language: Language
}

/** The parts of a file that hold the tests of these names, as reports name them: `path: title`, `module.Class.function`. */
export function findTests(file: TestText, names: readonly string[]): Span[] {
  return file.language === 'python' ? findFunctions(file, names) : findCalls(file, names)
}

function findFunctions({ path, skeleton }: TestText, names: readonly string[]): Span[] {
  const module = path.replace(/^.*\//, '').replace(/\.py$/, '')
  const functions = new Set(
    names
      .filter((name) => name.split(/[.:]/).includes(module))
      .map((name) => /(\w+)(?:\[[^]*)?$/.exec(name.replace(/\[[^]*$/, ''))?.[1] ?? ''),
  )
  return [...skeleton.matchAll(/^([ \t]*)(?:async )?def (\w+)\(/gm)].flatMap(
    ({ 0: line, 1: indent = '', 2: name = '', index }) =>
      functions.has(name) ? [functionAt(skeleton, { index, line, indent })] : [],
  )
}

/** A function with its decorators, which lie above it without an empty line. */
function functionAt(
  skeleton: string,
  { index, line, indent }: { readonly index: number; readonly line: string; readonly indent: string },
): Span {
  const above = Math.max(0, skeleton.lastIndexOf('\n\n', index))
  const decorator = skeleton.slice(above, index).search(/^\s*@/m)
  const after = new RegExp(`^[ \\t]{0,${indent.length}}[^\\s)\\]}]`, 'gm')
  after.lastIndex = index + line.length
  const end = after.exec(skeleton)?.index ?? skeleton.length
  return { start: decorator < 0 ? index : above + decorator, end }
}

/** The placeholder for a value in the title of a table. */
const PLACEHOLDER = /%[#a-zA-Z]|\$[\w.#]+|\$\{[^}]*\}/g

function findCalls({ path, text, skeleton }: TestText, names: readonly string[]): Span[] {
  const titles = names.flatMap((name) => (name.startsWith(`${path}: `) ? [name.slice(path.length + 2)] : []))
  const found: Span[] = []
  for (const { 0: call, index } of skeleton.matchAll(/\b(?:test|it|specify)(?:\.\w+)*(?:<[^()]*>)?\s*(?=\()/g)) {
    let list = elementsOf(skeleton, index + call.length)
    if (list && /\.(?:each|for)\b/.test(call) && skeleton[list.end] === '(') list = elementsOf(skeleton, list.end)
    const [title] = list?.elements ?? []
    if (!list || !title || !/^['"`]/.test(skeleton.slice(title.start))) continue
    const pattern = titlePattern(text.slice(title.start, title.end), skeleton.slice(title.start, title.end))
    if (titles.some((one) => pattern.test(one))) found.push({ start: index, end: list.end })
  }
  return found
}

/** Matches full names that end with the title, which may be put together: `'adds ' + a`. */
function titlePattern(title: string, skeleton: string): RegExp {
  const parts = [...skeleton.matchAll(/(['"`])_*\1/g)].map(({ 0: literal, index }) =>
    title.slice(index + 1, index + literal.length - 1),
  )
  const isWhole = skeleton.trim().length === (parts[0]?.length ?? 0) + 2
  const pieces = [...parts, ...(isWhole || /['"`]\s*$/.test(skeleton) ? [] : [''])]
  return new RegExp(`(?:^|[ >])${pieces.map(patternOf).join('[^]*')}$`)
}

function patternOf(literal: string): string {
  const parts = literal.replaceAll(/\\(['"`\\])/g, '$1').split(PLACEHOLDER)
  return parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('[^]*')
}
