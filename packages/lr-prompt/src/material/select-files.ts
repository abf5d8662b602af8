import type { CountTokens } from '../tokens/count-tokens.ts'
import type { Material, SourceFile } from '../evidence/evidence.ts'
import { findImports } from './find-imports.ts'
import { isData, mapLine } from './map-file.ts'

/** Sources that come to less are all shown: a map would save little. */
const SHOW_ALL_TOKENS = 4000
/** Files named like tests, in any language. */
export const IS_TEST = /(?:^|\/)(?:tests?|spec|__tests__)\/|(?:^|\/)test_|[._-](?:test|spec)s?\.\w+$|_test\.\w+$/i
const PATH_CHARACTER = String.raw`[\w./-]`

/**
 * Chooses the sources that are shown whole: those that the evidence or the task names, those that failing tests import, and
 * those that were asked for. The others become lines of a map. If nothing is named, what is no data is shown.
 *
 * @param requested paths that the model asked for
 */
export function selectFiles(material: Material, requested: readonly string[], count: CountTokens): Material {
  const sources = material.files.filter(({ editable }) => editable)
  const total = sources.reduce((sum, { content }) => sum + count(content), 0)
  if (total <= SHOW_ALL_TOKENS || sources.length < 2) return material
  const shown = namedFiles(material, sources)
  for (const path of requested) shown.add(path)
  if (!sources.some(({ path }) => shown.has(path))) {
    for (const file of sources) if (!isData(file)) shown.add(file.path)
  }
  const isShown = (file: SourceFile) => !file.editable || shown.has(file.path)
  return {
    ...material,
    files: material.files.filter(isShown),
    map: material.files
      .filter((file) => !isShown(file))
      .map(mapLine)
      .join(''),
  }
}

/** The paths of sources that the evidence and the task name, and what the tests among all files import that are named. */
function namedFiles(material: Material, sources: readonly SourceFile[]): Set<string> {
  const failing = material.runs.filter(({ outcome }) => outcome !== 'pass')
  const evidence = failing.flatMap(({ command, stdout, stderr, findings }) => [command, stdout, stderr, findings])
  const report = material.report.map(({ content }) => content)
  const text = [...evidence, ...report, material.instructions].join('\n')
  const named = new Set(sources.filter((file) => isNamed(file.path, text, sources)).map(({ path }) => path))
  const paths = sources.map(({ path }) => path)
  for (const { path, content } of material.files) {
    if (!IS_TEST.test(path) || !isNamed(path, text, sources)) continue
    for (const imported of findImports(path, content, paths)) named.add(imported)
  }
  return named
}

/** By its path, or by its base name if no other source has it. */
function isNamed(path: string, text: string, sources: readonly SourceFile[]): boolean {
  const base = path.slice(path.lastIndexOf('/') + 1)
  const isUnique = sources.filter((file) => file.path === base || file.path.endsWith(`/${base}`)).length <= 1
  return stands(path, text) || (isUnique && base.includes('.') && stands(base, text))
}

function stands(name: string, text: string): boolean {
  if (!text.includes(name)) return false
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<!${PATH_CHARACTER})(?:\\./)?${escaped}(?![\\w/-]|\\.\\w)`).test(text)
}
